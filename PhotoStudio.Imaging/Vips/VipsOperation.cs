namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// One call of a libvips operation: set the arguments, <see cref="Build"/>, take the results, dispose.
/// Argument names and the nicknames of enumeration values are libvips' own.
/// </summary>
internal sealed class VipsOperation : GObjectHandle
{
    private readonly string nickname;
    private bool built;

    /// <summary>Begins a call of the operation with this nickname, such as "resize".</summary>
    internal VipsOperation(string nickname)
        : base(VipsNative.OperationNew(nickname))
    {
        this.nickname = nickname;
        if (IsInvalid) throw VipsException.Take(nickname);
    }

    internal VipsOperation Set(string name, bool content)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, GType.Boolean);
        VipsNative.ValueSetBoolean(ref value, content ? 1 : 0);
        return Assign(name, ref value);
    }

    internal VipsOperation Set(string name, int content)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, GType.Int);
        VipsNative.ValueSetInt(ref value, content);
        return Assign(name, ref value);
    }

    internal VipsOperation Set(string name, double content)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, GType.Double);
        VipsNative.ValueSetDouble(ref value, content);
        return Assign(name, ref value);
    }

    internal VipsOperation Set(string name, string content)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, GType.String);
        VipsNative.ValueSetString(ref value, content);
        return Assign(name, ref value);
    }

    internal VipsOperation Set(string name, VipsImage content)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, VipsNative.ImageType());
        VipsNative.ValueSetObject(ref value, content);
        return Assign(name, ref value);
    }

    internal VipsOperation Set(string name, ReadOnlySpan<double> content)
        => SetBoxed(name, VipsNative.ArrayDoubleType(), VipsNative.ArrayDoubleNew(content, content.Length));

    /// <summary>Sets a blob argument without copying: the bytes must stay in place until everything made of them is disposed.</summary>
    internal unsafe VipsOperation SetPinned(string name, void* data, int length)
        => SetBoxed(name, VipsNative.BlobType(), VipsNative.BlobNew(0, data, (nuint)length));

    /// <summary>Sets an enumeration or flags argument by the nickname of its value.</summary>
    internal VipsOperation Choose(string name, string choice)
    {
        if (VipsNative.SetArgumentFromString(this, name, choice) != 0) throw VipsException.Take(nickname);
        return this;
    }

    /// <summary>Builds the operation. Most then only describe pixels, which are computed when they are asked for.</summary>
    /// <exception cref="VipsException">The operation failed.</exception>
    internal VipsOperation Build()
    {
        built = true;
        var result = VipsNative.OperationBuild(this);
        if (result == 0) throw VipsException.Take(nickname);

        // The result, which may be a cached operation, comes with a reference of its own beside the one to what was passed in.
        VipsNative.ObjectUnref(handle);
        SetHandle(result);
        return this;
    }

    /// <summary>Takes a result that is an image.</summary>
    internal VipsImage Image(string name = "out")
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, VipsNative.ImageType());
        try
        {
            VipsNative.GetProperty(this, name, ref value);
            return new VipsImage(VipsNative.ValueDupObject(in value));
        }
        finally
        {
            VipsNative.ValueUnset(ref value);
        }
    }

    /// <summary>Copies a result that is a blob.</summary>
    internal unsafe byte[] Bytes(string name = "buffer")
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, VipsNative.BlobType());
        try
        {
            VipsNative.GetProperty(this, name, ref value);
            var blob = VipsNative.ValueGetBoxed(in value);
            if (blob == 0) return [];

            var data = VipsNative.BlobGet(blob, out var length);
            return new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
        }
        finally
        {
            VipsNative.ValueUnset(ref value);
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        // The outputs hold the operation, so they are dropped first; whoever took one has a reference of their own.
        if (built) VipsNative.UnrefOutputs(handle);
        return base.ReleaseHandle();
    }

    private VipsOperation SetBoxed(string name, nuint type, nint area)
    {
        var value = default(GValue);
        VipsNative.ValueInit(ref value, type);
        VipsNative.ValueSetBoxed(ref value, area);
        VipsNative.AreaUnref(area);
        return Assign(name, ref value);
    }

    private VipsOperation Assign(string name, ref GValue value)
    {
        VipsNative.SetProperty(this, name, in value);
        VipsNative.ValueUnset(ref value);
        return this;
    }
}

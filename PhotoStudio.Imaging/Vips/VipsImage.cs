namespace PhotoStudio.Imaging.Vips;

/// <summary>A libvips image: usually a recipe for pixels that are computed when they are asked for.</summary>
internal sealed class VipsImage(nint pointer) : GObjectHandle(pointer)
{
    internal const string ProfileField = "icc-profile-data";
    internal const string XmpField = "xmp-data";
    internal const string ExifField = "exif-data";
    internal const string IptcField = "iptc-data";

    internal int Width => VipsNative.ImageWidth(this);

    internal int Height => VipsNative.ImageHeight(this);

    internal int Bands => VipsNative.ImageBands(this);

    internal VipsBandFormat Format => VipsNative.ImageFormat(this);

    internal VipsInterpretation Interpretation => VipsNative.ImageInterpretation(this);

    internal bool HasAlpha => VipsNative.ImageHasAlpha(this) != 0;

    /// <summary>
    /// Pages or frames of the file, at least 1. The field is read as it is: libvips' own accessor says 1 for ten thousand and more.
    /// </summary>
    internal int Pages => HasField("n-pages") && VipsNative.ImageGetInt(this, "n-pages", out var pages) == 0 ? Math.Max(1, pages) : 1;

    /// <summary>The EXIF orientation, 1–8.</summary>
    internal int Orientation => Math.Clamp(VipsNative.ImageOrientation(this), 1, 8);

    /// <summary>Whether there is an embedded ICC profile.</summary>
    internal bool HasProfile => VipsNative.ImageFieldType(this, ProfileField) != 0;

    /// <summary>Whether there is an embedded ICC profile that libvips can use and that is of the image's colour model.</summary>
    internal unsafe bool HasUsableProfile
    {
        get
        {
            if (!HasProfile || VipsNative.ImageGetBlob(this, ProfileField, out var data, out var length) != 0) return false;
            if (length < 128 || VipsNative.IsCompatibleProfile(this, data, length) == 0) return false;

            // ICC.1, 7.2.6: the colour space of the data. Older versions of libvips do not compare it.
            var model = new ReadOnlySpan<byte>((byte*)data + 16, 4);
            if (Interpretation == VipsInterpretation.Cmyk) return model.SequenceEqual("CMYK"u8);
            return model.SequenceEqual(Bands <= 2 ? "GRAY"u8 : "RGB "u8);
        }
    }

    /// <summary>The names of the metadata fields.</summary>
    internal unsafe IReadOnlyList<string> Fields
    {
        get
        {
            var names = VipsNative.ImageFields(this);
            try
            {
                var result = new List<string>();
                for (var name = (nint*)names; name is not null && *name != 0; name++)
                    result.Add(System.Runtime.InteropServices.Marshal.PtrToStringUTF8(*name)!);
                return result;
            }
            finally
            {
                VipsNative.FreeStrings(names);
            }
        }
    }

    /// <summary>Wraps samples without copying: they must stay where they are until everything made of the image is disposed.</summary>
    internal static unsafe VipsImage FromPinned(byte* samples, Picture picture)
    {
        var pointer = VipsNative.ImageFromMemory(
            samples, (nuint)picture.Samples.LongLength, picture.Width, picture.Height, picture.Channels, VipsBandFormat.Byte);
        if (pointer == 0) throw VipsException.Take("new_from_memory");

        using var raw = new VipsImage(pointer);
        using var copy = new VipsOperation("copy");
        return copy.Set("in", raw).Choose("interpretation", picture.Channels <= 2 ? "b-w" : "srgb").Build().Image();
    }

    /// <summary>How long each frame is shown, in milliseconds; empty for what is no animation.</summary>
    internal unsafe IReadOnlyList<int> Delays
        => HasField("delay") && VipsNative.ImageGetArrayInt(this, "delay", out var delays, out var count) == 0
            ? [.. new ReadOnlySpan<int>((int*)delays, count)]
            : [];

    /// <summary>How often an animation is played; 0 plays it forever.</summary>
    internal int Loops => HasField("loop") && VipsNative.ImageGetInt(this, "loop", out var loops) == 0 ? Math.Max(0, loops) : 0;

    /// <summary>Whether there is a metadata field of this name.</summary>
    internal bool HasField(string name) => VipsNative.ImageFieldType(this, name) != 0;

    /// <summary>Takes a metadata field over from another image; only for an image that nothing else uses.</summary>
    internal void CopyField(VipsImage from, string name)
    {
        var value = default(GValue);
        if (VipsNative.ImageGet(from, name, ref value) != 0) return;
        VipsNative.ImageSet(this, name, in value);
        VipsNative.ValueUnset(ref value);
    }

    /// <summary>Has EXIF say that the picture stands upright; only for an image that nothing else uses.</summary>
    internal void SetUpright() => VipsNative.ImageSetInt(this, "orientation", 1);

    /// <summary>Makes frames of what lies below one another; only for an image that nothing else uses.</summary>
    internal void SetFrames(int height, IReadOnlyList<int> delays, int loops)
    {
        VipsNative.ImageSetInt(this, "page-height", height);
        VipsNative.ImageSetInt(this, "loop", loops);
        VipsNative.ImageSetArrayInt(this, "delay", [.. delays], delays.Count);
    }

    /// <summary>A metadata field as text; null when there is none.</summary>
    internal string? Text(string name)
    {
        if (!HasField(name) || VipsNative.ImageGetAsString(this, name, out var text) != 0) return null;
        try
        {
            return System.Runtime.InteropServices.Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            VipsNative.Free(text);
        }
    }

    /// <summary>A metadata field of bytes, which stay the image's; empty when there is none.</summary>
    internal unsafe ReadOnlySpan<byte> Blob(string name)
        => VipsNative.ImageFieldType(this, name) == 0 || VipsNative.ImageGetBlob(this, name, out var data, out var length) != 0
            ? default
            : new ReadOnlySpan<byte>((byte*)data, checked((int)length));

    /// <summary>Sets a metadata field; only for an image that nothing else uses.</summary>
    internal void SetBlob(string name, ReadOnlySpan<byte> content)
        => VipsNative.ImageSetBlobCopy(this, name, content, (nuint)content.Length);

    /// <summary>Removes a metadata field; only for an image that nothing else uses.</summary>
    internal void Remove(string name) => VipsNative.ImageRemove(this, name);

    /// <summary>
    /// Applies an operation of one image and disposes this image, which lives on inside the result for as long as that needs it.
    /// </summary>
    internal VipsImage Then(string nickname, Action<VipsOperation>? arguments = null, string input = "in")
    {
        using (this)
        {
            return Apply(nickname, arguments, input);
        }
    }

    /// <summary>Applies an operation of one image; this image stays as it is.</summary>
    internal VipsImage Apply(string nickname, Action<VipsOperation>? arguments = null, string input = "in")
    {
        using var operation = new VipsOperation(nickname);
        operation.Set(input, this);
        arguments?.Invoke(operation);
        return operation.Build().Image();
    }

    /// <summary>Computes all pixels and keeps them, so that they can be read in any order.</summary>
    internal VipsImage ToMemory(CancellationToken cancellationToken)
        => Evaluate(
            image =>
            {
                var copy = VipsNative.ImageCopyMemory(image);
                return copy == 0 ? throw VipsException.Take("copy_memory") : new VipsImage(copy);
            },
            cancellationToken);

    /// <summary>Computes all pixels into a new array, interleaved, in the image's own sample type of one byte.</summary>
    internal unsafe byte[] ToBytes(CancellationToken cancellationToken)
        => Evaluate(
            image =>
            {
                // libvips' own copy of the pixels would be as large once more.
                var bytes = GC.AllocateUninitializedArray<byte>(checked(image.Width * image.Height * image.Bands));
                fixed (byte* target = bytes)
                {
                    var wrapped = VipsNative.ImageFromMemory(
                        target, (nuint)bytes.LongLength, image.Width, image.Height, image.Bands, VipsBandFormat.Byte);
                    if (wrapped == 0) throw VipsException.Take("new_from_memory");

                    using var memory = new VipsImage(wrapped);
                    if (VipsNative.ImageWrite(image, memory) != 0) throw VipsException.Take("write");
                }

                return bytes;
            },
            cancellationToken);

    /// <summary>Computes all pixels into arrays of this many bytes each.</summary>
    internal unsafe IReadOnlyList<byte[]> ToBytes(int each, CancellationToken cancellationToken)
        => Evaluate(
            image =>
            {
                var data = VipsNative.ImageWriteToMemory(image, out var size);
                if (data == 0) throw VipsException.Take("write_to_memory");
                try
                {
                    var parts = new List<byte[]>();
                    for (nuint at = 0; at + (nuint)each <= size; at += (nuint)each)
                        parts.Add(new ReadOnlySpan<byte>((byte*)data + at, each).ToArray());
                    return parts;
                }
                finally
                {
                    VipsNative.Free(data);
                }
            },
            cancellationToken);

    /// <summary>
    /// Runs something that computes this image's pixels and stops it when the token fires.
    /// </summary>
    internal T Evaluate<T>(Func<VipsImage, T> compute, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var stop = StopWhen(cancellationToken);
            return compute(this);
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>
    /// Makes whatever computes pixels of this image fail once the token fires: libvips looks at the flag set here before each region
    /// that it computes. Dispose the registration before the image.
    /// </summary>
    internal CancellationTokenRegistration StopWhen(CancellationToken cancellationToken)
        => cancellationToken.UnsafeRegister(static image => VipsNative.ImageSetKill((VipsImage)image!, 1), this);
}

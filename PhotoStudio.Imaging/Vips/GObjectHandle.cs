using System.Runtime.InteropServices;

namespace PhotoStudio.Imaging.Vips;

/// <summary>One reference to a GObject, given back exactly once, by Dispose or else by the finalizer.</summary>
internal abstract class GObjectHandle : SafeHandle
{
    protected GObjectHandle(nint pointer)
        : base(0, ownsHandle: true)
        => SetHandle(pointer);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        VipsNative.ObjectUnref(handle);
        return true;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PhotoStudio.Imaging.Vips;

/// <summary>What libvips holds at this moment, for health reports and for tests that look for leaks.</summary>
public static class VipsDiagnostics
{
    /// <summary>Images, operations and other objects that are alive. A few belong to libvips itself.</summary>
    public static unsafe int LiveObjects
    {
        get
        {
            VipsLibrary.Start();
            var count = 0;
            VipsNative.ObjectMap(&Count, (nint)(&count), 0);
            return count;
        }
    }

    /// <summary>Bytes of pixel buffers, those that threads keep for their next operation included.</summary>
    public static long PixelMemory
    {
        get
        {
            VipsLibrary.Start();
            return (long)VipsNative.TrackedMemory();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe nint Count(nint instance, nint count, nint unused)
    {
        ++*(int*)count;
        return 0;
    }
}

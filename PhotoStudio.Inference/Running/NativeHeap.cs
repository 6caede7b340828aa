using System.Runtime.InteropServices;

namespace PhotoStudio.Inference.Running;

/// <summary>The C library's heap, where the codecs' and ONNX Runtime's memory comes from.</summary>
internal static partial class NativeHeap
{
    private static bool _cannot = !OperatingSystem.IsLinux();

    /// <summary>Gives freed memory back to the machine. glibc keeps tens of mebibytes for every thread otherwise; others do it by themselves.</summary>
    public static void Trim()
    {
        if (_cannot) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception fault) when (fault is EntryPointNotFoundException or DllNotFoundException)
        {
            _cannot = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keep);
}

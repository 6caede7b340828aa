using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Turns off the usage reports of ONNX Runtime's native library, which otherwise collects them in files under the home folder.
/// Its switch in the C# interface covers Windows alone; elsewhere the library asks the environment once, when it is first used.
/// </summary>
internal static partial class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Runs when this assembly is first touched, which is before anything of ONNX Runtime can be.</summary>
#pragma warning disable CA2255 // No constructor is sure to come before every use of the library.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TurnOff()
    {
        // On Unix the runtime's own copy of the environment is not what native code reads.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows()) _ = SetEnv(Variable, "1", overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnv(string name, string value, int overwrite);
}

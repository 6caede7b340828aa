using System.Reflection;
using System.Runtime.InteropServices;

namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// Finds libvips and starts it once for the process: the copy beside the program first, then the system's.
/// Every loader but those of the accepted picture formats is switched off natively, so that not even a mistake in our own
/// recognition of formats can reach one of the others.
/// </summary>
public static class VipsLibrary
{
    private static readonly string[] Names = ["libvips.so.42", "libvips.42.dylib", "libvips-42.dll"];

    private static readonly string[] AllowedLoaders =
    [
        "VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
        "VipsForeignLoadNsgif", "VipsForeignLoadTiff", "VipsForeignLoadHeif",
    ];

    private static readonly Lock Gate = new();
    private static bool started;
    private static bool resolves;

    /// <summary>The version of libvips, such as 8.18.7.</summary>
    /// <exception cref="VipsLibraryException">libvips cannot be loaded.</exception>
    public static Version Version
    {
        get
        {
            Start();
            return new Version(VipsNative.Version(0), VipsNative.Version(1), VipsNative.Version(2));
        }
    }

    /// <summary>Starts libvips unless that has happened.</summary>
    /// <exception cref="VipsLibraryException">libvips cannot be loaded.</exception>
    public static void Start(VipsOptions? options = null)
    {
        if (Volatile.Read(ref started)) return;
        lock (Gate)
        {
            if (started) return;

            UseResolver();
            try
            {
                if (!OperatingSystem.IsWindows())
                {
                    // Read by vips_init: loaders that libvips itself does not trust stay off, and damaged files do not
                    // write to this process's standard error.
                    _ = VipsNative.SetEnvironment("VIPS_BLOCK_UNTRUSTED", "1", 1);
                    _ = VipsNative.SetEnvironment("VIPS_WARNING", "1", 1);
                }

                if (VipsNative.Init("PhotoStudio") != 0) throw VipsException.Take("vips_init");
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                throw new VipsLibraryException(
                    "The image library libvips (8.13 or later) is missing. Run './studio run', which installs it beside the program, "
                    + "or 'npm ci --prefix build/native' and build again, or install the system's: 'apt-get install libvips42'.",
                    exception);
            }

            VipsNative.BlockOperation("VipsForeignLoad", 1);
            foreach (var loader in AllowedLoaders) VipsNative.BlockOperation(loader, 0);

            // A cached operation would keep its input buffer, which is only pinned for the time of a call.
            VipsNative.SetCacheMax(0);
            VipsNative.SetConcurrency((options ?? new VipsOptions()).Threads);
            Volatile.Write(ref started, true);
        }
    }

    /// <summary>An assembly takes a resolver once; a second try after a failed start keeps the first one.</summary>
    private static void UseResolver()
    {
        if (resolves) return;
        NativeLibrary.SetDllImportResolver(typeof(VipsNative).Assembly, Resolve);
        resolves = true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != VipsNative.Library) return 0;

        const DllImportSearchPath Everywhere = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;
        foreach (var candidate in Names)
        {
            if (NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, candidate), out var handle)) return handle;
            if (NativeLibrary.TryLoad(candidate, assembly, Everywhere, out handle)) return handle;
        }

        return 0;
    }
}

using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <content>
/// The run-time half of <c>build/portable/Sqlite.targets</c>: SQLitePCLRaw is found by its simple name beside the application, and its
/// native library is the system's, because the one that comes with it is older than the 3.38 that EF Core's JSON queries need.
/// </content>
public static partial class SqliteNative
{
    private const string SystemLibrary = "libsqlite3.so.0";
    private const string ProviderAssembly = "SQLitePCLRaw.provider.e_sqlite3";

    /// <summary>3.38.0, which brought the JSON operators <c>-&gt;</c> and <c>-&gt;&gt;</c> (sqlite.org/releaselog/3_38_0.html).</summary>
    private const int OldestVersion = 3_038_000;

    private static readonly Lazy<bool> Ready = new(Prepare);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LibVersionNumber();

    static partial void UseSystemLibrary() => _ = Ready.Value;

    private static bool Prepare()
    {
        nint library = LoadLibrary();
        AssemblyLoadContext.Default.Resolving += ResolveBySimpleName;
        NativeLibrary.SetDllImportResolver(
            Assembly.Load(ProviderAssembly),
            (name, _, _) => name is "e_sqlite3" ? library : nint.Zero);

        // The compiler knows nothing of SQLitePCLRaw, whose files are older than the reference in Microsoft.Data.Sqlite.
        Assembly.Load("SQLitePCLRaw.batteries_v2").GetType("SQLitePCL.Batteries_V2", throwOnError: true)!
            .GetMethod("Init", Type.EmptyTypes)!.Invoke(obj: null, parameters: null);
        return true;
    }

    private static nint LoadLibrary()
    {
        nint library = nint.Zero;
        if (!LocalCopies().Append(SystemLibrary).Any(candidate => NativeLibrary.TryLoad(candidate, out library)))
        {
            throw new DllNotFoundException(
                $"SQLite's library {SystemLibrary} is not on this machine. Install it with 'apt-get install libsqlite3-0', "
                + "or let './studio run' fetch it.");
        }

        int version = Marshal.GetDelegateForFunctionPointer<LibVersionNumber>(
            NativeLibrary.GetExport(library, "sqlite3_libversion_number"))();
        return version >= OldestVersion
            ? library
            : throw new DllNotFoundException(
                $"SQLite {version / 1_000_000}.{version / 1000 % 1000}.{version % 1000} is too old: 3.38 or newer is needed.");
    }

    /// <summary>Copies that <c>./studio</c> put under <c>.studio/native</c> of the repository where it may not install packages.</summary>
    private static IEnumerable<string> LocalCopies()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string copy = Path.Combine(folder.FullName, ".studio", "native", SystemLibrary);
            if (File.Exists(copy))
                yield return copy;
        }
    }

    private static Assembly? ResolveBySimpleName(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name is null || !name.Name.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal))
            return null;
        string file = Path.Combine(Path.GetDirectoryName(typeof(SqliteNative).Assembly.Location)!, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}

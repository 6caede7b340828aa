using System.Diagnostics;
using Xunit;

namespace PhotoStudio.Tests.Support;

/// <summary>A small file system of a test's own in memory, which can be full or read-only like a real disk. Asks for the right to mount.</summary>
public sealed class MountedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Mounts one.</summary>
    /// <param name="options">Of tmpfs, such as <c>size=256k</c>.</param>
    public MountedFolder(string options)
    {
        if (!TryRun("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path)) throw new InvalidOperationException("The folder cannot be mounted.");
    }

    /// <summary>Whether this process may mount file systems.</summary>
    public static bool Possible { get; } = Try();

    /// <summary>Where it is.</summary>
    public string Path => _folder.Path;

    /// <summary>Changes how it is mounted, such as <c>ro</c>.</summary>
    public void Remount(string options)
    {
        if (!TryRun("mount", "-o", $"remount,{options}", Path)) throw new InvalidOperationException("The folder cannot be remounted.");
    }

    public void Dispose()
    {
        TryRun("umount", Path);
        _folder.Dispose();
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        try
        {
            using MountedFolder folder = new("size=64k");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that mounts a file system; skipped where that is not allowed.</summary>
public sealed class FactWithMountsAttribute : FactAttribute
{
    public FactWithMountsAttribute()
    {
        if (!MountedFolder.Possible) Skip = "This process may not mount file systems.";
    }
}

/// <summary>A test about file permissions; skipped for root, whom they do not bind.</summary>
public sealed class FactAsOrdinaryUserAttribute : FactAttribute
{
    public FactAsOrdinaryUserAttribute()
    {
        if (Environment.IsPrivilegedProcess) Skip = "File permissions do not bind root.";
    }
}

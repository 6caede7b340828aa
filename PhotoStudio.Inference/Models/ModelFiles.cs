namespace PhotoStudio.Inference.Models;

/// <summary>Files in the folders of the store.</summary>
internal static class ModelFiles
{
    /// <summary>The folder inside a folder of models that the store keeps its own notes and unfinished downloads in.</summary>
    public const string Private = ".store";

    // Models that a publisher's tool laid out in folders are found too; a whole disk is not searched.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 3,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <summary>The files of a folder and of those in it; hidden ones are left out. Nothing when there is no such folder.</summary>
    public static IReadOnlyList<ModelFile> In(string folder)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "*", Everything).Select(ModelFile.Of).OfType<ModelFile>()
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Opens a file to read it once from its beginning to its end.</summary>
    public static FileStream OpenRead(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 1 << 20,
        Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
    });

    /// <summary>Writes a small file so that it is there whole or not at all.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}

/// <summary>A file as it is now.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Written">When it was last written.</param>
internal sealed record ModelFile(string Path, long Bytes, DateTimeOffset Written)
{
    /// <summary>The file at a path, links followed; null when there is none.</summary>
    public static ModelFile? Of(string path)
    {
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            return info is FileInfo { Exists: true } file ? new(path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

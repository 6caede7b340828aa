using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>
/// The names under which pictures are saved: what the owner called the file or the picture, and always the extension of what the bytes
/// are, so that nothing poses as something else.
/// </summary>
internal static class DownloadNames
{
    /// <summary>The name of one picture.</summary>
    public static string Of(StudioImage image, ImageSize? size = null, string? extension = null)
    {
        extension ??= Path.GetExtension(image.BlobKey);
        var stem = FileNames.TitleOf(image.FileName) ?? FileNames.TitleOf(FileNames.Clean(image.Title is null ? null : image.Title + ".x"))
            ?? Path.GetFileNameWithoutExtension(JobPresenter.FileName(image));
        return size is null ? $"{stem}{extension}" : $"{stem}-{size.Name}{extension}";
    }

    /// <summary>Names that differ, whatever a file system thinks of upper and lower case.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var candidate = name;
            for (var number = 2; !taken.Add(candidate); number++)
                candidate = $"{Path.GetFileNameWithoutExtension(name)} ({number}){Path.GetExtension(name)}";
            distinct.Add(candidate);
        }

        return distinct;
    }
}

using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Sniffing;

/// <summary>What a file is by its first bytes.</summary>
/// <param name="Format">The picture format, or null when it is none that the studio knows.</param>
/// <param name="Name">
/// The name with its article, fit for a sentence that starts "This is …": "a PNG picture", "a ZIP archive", "an empty file".
/// </param>
/// <param name="IsPicture">Whether it is a picture at all, possibly of a format that is not accepted.</param>
public readonly record struct SniffedContent(PictureFormat? Format, string Name, bool IsPicture);

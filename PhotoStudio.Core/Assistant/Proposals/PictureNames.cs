using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PhotoStudio.Core.Assistant.Proposals;

/// <summary>
/// Short names for the pictures of a conversation. A language model sees and says only these, so that it can name no picture but those of
/// the request.
/// </summary>
internal sealed class PictureNames
{
    private readonly Dictionary<string, PictureReference> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<(PictureOrigin, string), string> byPicture = [];

    /// <summary>A name for a picture, the same one each time.</summary>
    public string Of(PictureReference picture)
    {
        var key = (picture.Origin, picture.Id ?? "");
        if (byPicture.TryGetValue(key, out var known)) return known;
        var name = string.Create(CultureInfo.InvariantCulture, $"picture-{byName.Count + 1}");
        byName[name] = picture;
        return byPicture[key] = name;
    }

    /// <summary>The picture of a name.</summary>
    /// <param name="name">A name that was given out, or "step-1", "step-2", … for what a step makes.</param>
    /// <param name="makes">Whether each of the steps before makes a picture.</param>
    /// <param name="picture">The picture.</param>
    public bool TryFind(string name, IReadOnlyList<bool> makes, [NotNullWhen(true)] out PictureReference? picture)
    {
        if (byName.TryGetValue(name, out picture)) return true;
        if (!name.StartsWith("step-", StringComparison.Ordinal) || !int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var step)) return false;
        if (step < 1 || step > makes.Count || !makes[step - 1]) return false;
        picture = PictureReference.OfStep(step - 1);
        return true;
    }
}

using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.StyleTransfer;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Makes pictures out of one picture by recipes; what they share is found once.</summary>
internal sealed class ReimaginedPicture
{
    /// <summary>Memory of the work besides the pictures, in bytes a pixel of the painting.</summary>
    public const int BytesPerPixel = 170;

    private readonly Picture picture;
    private readonly ColorPlanes colors;
    private readonly SceneParts parts;

    private ReimaginedPicture(Picture picture, ColorPlanes colors, SceneParts parts) =>
        (this.picture, this.colors, this.parts) = (picture, colors, parts);

    /// <summary>Looks at a picture.</summary>
    public static ReimaginedPicture Of(Picture picture, CancellationToken cancellationToken)
    {
        var original = StyleBlend.Colors(picture, cancellationToken);
        return new(picture, original, SceneParts.Find(original, cancellationToken));
    }

    /// <summary>Whether the picture has a subject that a background can be told from.</summary>
    public bool HasSubject => parts.Subject is not null;

    /// <summary>Makes one picture.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    public Picture Make(Recipe recipe, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // A cut-out keeps its outline, so it keeps its framing.
        var focus = parts.Focus();
        Plane Framed(Plane plane) => picture.HasAlpha ? plane : Framing.Apply(plane, recipe, focus, cancellationToken);
        var subject = parts.Subject is null ? null : Framed(parts.Subject);
        var sky = parts.Sky is null ? null : Framed(parts.Sky);
        var now = new ColorPlanes(Framed(colors.C0), Framed(colors.C1), Framed(colors.C2));
        progress?.Report(0.2);
        now = SeasonHues.Apply(Canvas(now), recipe.Season, recipe.Amount);
        if (subject is not null) now = Backdrops.Apply(Canvas(now), recipe, subject);
        progress?.Report(0.5);
        now = MoodLight.Apply(Canvas(now), recipe, recipe.Backdrop is Backdrop.Kept or Backdrop.Blurred ? sky : null);
        now = WeatherFall.Apply(Canvas(now), recipe, subject);
        if (recipe.Bloom > 0.05f) now = Bloom(Canvas(now), recipe.Bloom);
        progress?.Report(0.65);
        if (recipe.Style is { } style)
        {
            var canvas = Canvas(now);
            var painted = StyleCatalog.Get(style).Paint(canvas);
            now = canvas.Paint((_, _, i) => Vector3.Lerp(canvas.Colors.At(i), painted.At(i), recipe.StyleStrength));
        }

        progress?.Report(0.95);
        return StyleBlend.Apply(picture, now, 1, cancellationToken);

        StyleCanvas Canvas(ColorPlanes planes) => new(planes, recipe.Seed, null, cancellationToken);
    }

    private static ColorPlanes Bloom(StyleCanvas canvas, float amount)
    {
        var lights = canvas.Blurred(canvas.Paint((_, _, i) => Tints.Clamp(canvas.Colors.At(i)) * Tints.Smooth(0.6f, 1, canvas.Luma.Data[i])), 12);
        return canvas.Paint((_, _, i) => Vector3.One - ((Vector3.One - Tints.Clamp(canvas.Colors.At(i))) * (Vector3.One - (lights.At(i) * amount))));
    }
}

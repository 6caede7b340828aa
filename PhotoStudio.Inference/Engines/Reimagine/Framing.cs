using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Another view of the same picture: nearer, tilted or mirrored, with the subject inside.</summary>
internal static class Framing
{
    /// <summary>A plane as the recipe frames it.</summary>
    public static Plane Apply(Plane plane, Recipe recipe, (float X, float Y) focus, CancellationToken cancellationToken)
    {
        if (recipe is { Mirrored: false, Tilt: 0, Zoom: 1 }) return plane;
        int width = plane.Width, height = plane.Height;
        var (sin, cos) = MathF.SinCos(recipe.Tilt);

        // So near that the tilted view shows nothing beyond the border.
        var longer = Math.Max(width, height) / (float)Math.Min(width, height);
        var cover = Math.Abs(cos) + (Math.Abs(sin) * longer);
        var scale = 1 / (recipe.Zoom * cover);
        float roomX = (1 - (scale * cover)) * width / 2, roomY = (1 - (scale * cover)) * height / 2;
        float middleX = (width - 1) / 2f, middleY = (height - 1) / 2f;
        var centerX = middleX + Math.Clamp((focus.X - 0.5f) * width, -roomX, roomX);
        var centerY = middleY + Math.Clamp((focus.Y - 0.5f) * height, -roomY, roomY);
        var result = new Plane(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (int y = first, i = first * width; y < end; y++)
                {
                    for (var x = 0; x < width; x++, i++)
                    {
                        var dx = (recipe.Mirrored ? middleX - x : x - middleX) * scale;
                        var dy = (y - middleY) * scale;
                        float fromX = centerX + (dx * cos) - (dy * sin), fromY = centerY + (dx * sin) + (dy * cos);
                        result.Data[i] = plane.At(fromX, fromY);
                    }
                }
            },
            cancellationToken);
        return result;
    }
}

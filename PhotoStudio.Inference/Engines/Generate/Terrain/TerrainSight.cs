using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>
/// What each pixel sees of the land: the step of the grid, with a second one and a share where a nearer crest covers a part of the pixel.
/// </summary>
internal sealed class TerrainSight
{
    /// <summary>Says that a pixel sees no land.</summary>
    public const float Nothing = -1;

    private const int Parts = 4;
    private readonly int width;

    private TerrainSight(int width, int height)
    {
        this.width = width;
        Near = new float[width * height];
        Far = new float[width * height];
        Share = new float[width * height];
    }

    /// <summary>The step that the lower part of the pixel sees.</summary>
    public float[] Near { get; }

    /// <summary>The step that the upper part sees, or <see cref="Nothing"/>.</summary>
    public float[] Far { get; }

    /// <summary>How much of the pixel the lower part is.</summary>
    public float[] Share { get; }

    /// <summary>Looks at the land from the camera; water hides what is below it.</summary>
    public static TerrainSight Direct(TerrainGrid grid, float water, CancellationToken cancellationToken)
    {
        var camera = grid.Camera;
        var sight = new TerrainSight(camera.Width, camera.Height);
        var rows = camera.Height * Parts;
        sight.EachColumn(
            (column, seen) =>
            {
                Array.Fill(seen, Nothing);
                var top = rows;
                var before = (float)rows;
                for (var step = 0; step < grid.Count && top > 0; step++)
                {
                    var height = Math.Max(grid.Height(column, step), water);
                    var row = (camera.Horizon - (camera.Focal * (height - 1) / grid.Distances[step])) * Parts;
                    var first = Math.Max(0, (int)MathF.Ceiling(row - 0.5f));
                    for (var y = first; y < top; y++)
                    {
                        var part = before > row ? Math.Clamp((before - y - 0.5f) / (before - row), 0, 1) : 1;
                        seen[y] = Math.Max(0, step - 1 + part);
                    }

                    top = Math.Min(top, first);
                    before = row;
                }
            },
            cancellationToken);
        return sight;
    }

    /// <summary>Looks at the land in the mirror of the water.</summary>
    public static TerrainSight Mirrored(TerrainGrid grid, float water, CancellationToken cancellationToken)
    {
        var camera = grid.Camera;
        var sight = new TerrainSight(camera.Width, camera.Height);
        var rows = camera.Height * Parts;
        sight.EachColumn(
            (column, seen) =>
            {
                Array.Fill(seen, Nothing);

                // From far to near: land hides what is behind it, from its shore towards the viewer.
                for (var step = grid.Count - 1; step > 0; step--)
                {
                    var height = grid.Height(column, step);
                    if (height <= water) continue;
                    var away = grid.Distances[step];
                    var shore = (camera.Horizon + (camera.Focal * (1 - water) / away)) * Parts;
                    var crest = (camera.Horizon + (camera.Focal * (height - (2 * water) + 1) / away)) * Parts;
                    var last = Math.Min(rows - 1, (int)crest);
                    for (var y = Math.Max(0, (int)shore); y <= last; y++) seen[y] = step;
                }
            },
            cancellationToken);
        return sight;
    }

    private void EachColumn(Action<int, float[]> look, CancellationToken cancellationToken)
    {
        var height = Near.Length / width;
        RowBands.Run(
            width,
            (first, end) =>
            {
                var seen = new float[height * Parts];
                for (var column = first; column < end; column++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    look(column, seen);
                    for (var y = 0; y < height; y++) Join(seen.AsSpan(y * Parts, Parts), (y * width) + column);
                }
            },
            cancellationToken);
    }

    // Of the parts of a pixel, those nearer to the lowest in distance count as one, the others as what is behind.
    private void Join(ReadOnlySpan<float> parts, int index)
    {
        float low = parts[^1], high = parts[0];
        var split = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (IsLow(parts[i], low, high)) split++;
        }

        Near[index] = low;
        Far[index] = high;
        Share[index] = low < 0 ? 0 : high >= 0 && high - low < 3 ? 1 : split / (float)parts.Length;
    }

    private static bool IsLow(float value, float low, float high) =>
        low >= 0 && (high < 0 ? value >= 0 : Math.Abs(value - low) <= Math.Abs(value - high));
}

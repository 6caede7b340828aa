using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>
/// The land as the camera sees it: heights along every column of the picture at distances that grow by the same factor, so that near and
/// far ground are sampled as finely as they are seen.
/// </summary>
internal sealed class TerrainGrid
{
    private const int Steps = 560;
    private const float Farthest = 420;
    private readonly float[] heights;
    private readonly float[] shade;

    public TerrainGrid(Camera camera, LandForm form, Daylight day, CancellationToken cancellationToken)
    {
        Camera = camera;
        Form = form;
        Columns = camera.Width;
        heights = new float[Columns * Steps];
        shade = new float[Columns * Steps];
        Distances = new float[Steps];
        var start = camera.Nearest * 0.7f;
        for (var i = 0; i < Steps; i++) Distances[i] = start * MathF.Pow(Farthest / start, i / (Steps - 1f));
        RowBands.Run(
            Steps,
            (first, end) =>
            {
                for (var step = first; step < end; step++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var away = Distances[step];
                    for (var column = 0; column < Columns; column++)
                        heights[(step * Columns) + column] = form.Height(camera.Across(column + 0.5f, away), away);
                    Shadow(step, day);
                }
            },
            cancellationToken);
    }

    /// <summary>The camera.</summary>
    public Camera Camera { get; }

    /// <summary>The land.</summary>
    public LandForm Form { get; }

    /// <summary>Columns, one a pixel.</summary>
    public int Columns { get; }

    /// <summary>The distances of the steps, growing.</summary>
    public float[] Distances { get; }

    /// <summary>The number of steps.</summary>
    public int Count => Steps;

    /// <summary>The distance of a step and a part of one.</summary>
    public float Away(float step)
    {
        var index = Math.Min((int)step, Steps - 2);
        return Tone.Mix(Distances[index], Distances[index + 1], step - index);
    }

    /// <summary>The land's height.</summary>
    public float Height(int column, int step) => heights[(step * Columns) + column];

    /// <summary>The land's height at a part of a step.</summary>
    public float Height(int column, float step)
    {
        var index = Math.Min((int)step, Steps - 2);
        return Tone.Mix(heights[(index * Columns) + column], heights[((index + 1) * Columns) + column], step - index);
    }

    /// <summary>How much sun a place has, 0 in the shadow of higher land to 1.</summary>
    public float Sunlight(int column, float step)
    {
        var index = Math.Min((int)step, Steps - 2);
        return Tone.Mix(shade[(index * Columns) + column], shade[((index + 1) * Columns) + column], step - index);
    }

    /// <summary>The direction away from the ground: across, up, away; of length 1.</summary>
    public Vector3 Normal(int column, float step)
    {
        var index = Math.Min((int)step, Steps - 2);
        var share = step - index;
        return Vector3.Normalize(Vector3.Lerp(Normal(column, index), Normal(column, index + 1), share));
    }

    /// <summary>How hollow a place is: positive in gullies, negative on crests, in heights per distance.</summary>
    public float Hollow(int column, float step)
    {
        var index = Math.Clamp((int)step, 5, Steps - 6);
        int left = Math.Max(0, column - 7), right = Math.Min(Columns - 1, column + 7);
        var around = Height(left, index) + Height(right, index) + Height(column, index - 5) + Height(column, index + 5);
        return ((around / 4) - Height(column, index)) / Distances[index];
    }

    private Vector3 Normal(int column, int step)
    {
        int left = Math.Max(0, column - 1), right = Math.Min(Columns - 1, column + 1);
        int near = Math.Max(0, step - 1), far = Math.Min(Steps - 1, step + 1);
        var away = Distances[step];
        var across = (right - left) * away / Camera.Focal;
        var slopeX = (Height(right, step) - Height(left, step)) / across;
        var bearing = (column + 0.5f - Camera.Center) / Camera.Focal;
        var slopeZ = ((Height(column, far) - Height(column, near)) / (Distances[far] - Distances[near])) - (slopeX * bearing);
        return Vector3.Normalize(new(-slopeX, 1, -slopeZ));
    }

    // The light falls along the row: a running height of the shadow sinks as it goes on.
    private void Shadow(int step, Daylight day)
    {
        var fromLeft = day.Side < 0;
        var sink = Distances[step] / Camera.Focal * (0.12f + (0.9f * day.Steepness));
        var soft = 0.06f + (Distances[step] * 0.006f);
        var top = float.MinValue;
        for (var i = 0; i < Columns; i++)
        {
            var at = (step * Columns) + (fromLeft ? i : Columns - 1 - i);
            top = Math.Max(heights[at], top - sink);
            shade[at] = 1 - (0.92f * Tone.Step(0, soft, top - heights[at]));
        }
    }
}

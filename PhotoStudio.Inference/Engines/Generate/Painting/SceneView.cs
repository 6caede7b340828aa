using System.Numerics;

namespace PhotoStudio.Inference.Engines.Generate.Painting;

/// <summary>What is painted on: linear light and the distance of what each pixel shows.</summary>
internal sealed class SceneView
{
    /// <summary>A black view with everything endlessly far.</summary>
    public SceneView(int width, int height)
    {
        (Width, Height) = (width, height);
        Color = new Vector3[width * height];
        Depth = new float[width * height];
        Array.Fill(Depth, float.PositiveInfinity);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Linear light, row by row.</summary>
    public Vector3[] Color { get; }

    /// <summary>Distances in the scene's unit, row by row.</summary>
    public float[] Depth { get; }

    /// <summary>Lays a colour over a pixel.</summary>
    public void Blend(int index, Vector3 color, float alpha) => Color[index] += (color - Color[index]) * alpha;
}

/// <summary>
/// Where the viewer stands: one unit above the ground, looking level, so that upright things stay upright. Across is to the right,
/// away is the distance along the view.
/// </summary>
/// <param name="Width">Width of the picture in pixels.</param>
/// <param name="Height">Height of the picture in pixels.</param>
/// <param name="Horizon">The horizon's row.</param>
/// <param name="Focal">Focal length in pixels: a thing one unit large appears this large at distance 1.</param>
internal sealed record Camera(int Width, int Height, float Horizon, float Focal)
{
    /// <summary>Column of the middle.</summary>
    public float Center => Width / 2f;

    /// <summary>The nearest distance at which level ground is in the picture.</summary>
    public float Nearest => Focal / Math.Max(1, Height - Horizon);

    /// <summary>Where a point of the scene appears, in pixels.</summary>
    public Vector2 Project(float across, float height, float away) =>
        new(Center + (Focal * across / away), Horizon - (Focal * (height - 1) / away));

    /// <summary>What is across at a distance in a column.</summary>
    public float Across(float column, float away) => (column - Center) * away / Focal;
}

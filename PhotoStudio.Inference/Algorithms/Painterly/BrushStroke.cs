namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>One touch of a brush.</summary>
/// <param name="X">Column of its middle, in pixels.</param>
/// <param name="Y">Row of its middle, in pixels.</param>
/// <param name="Angle">Its direction in radians, clockwise from the x axis.</param>
/// <param name="Bend">How far its ends turn aside, in half widths; 0 is straight.</param>
/// <param name="HalfLength">Half its length, in pixels.</param>
/// <param name="HalfWidth">Half its width, in pixels.</param>
/// <param name="Red">Red, 0–1.</param>
/// <param name="Green">Green, 0–1.</param>
/// <param name="Blue">Blue, 0–1.</param>
/// <param name="Seed">Which part of the bristles it shows.</param>
public readonly record struct BrushStroke(
    float X, float Y, float Angle, float Bend, float HalfLength, float HalfWidth, float Red, float Green, float Blue, uint Seed);

/// <summary>How a brush lays its paint.</summary>
/// <param name="Opacity">How much covers what is below, 0–1.</param>
/// <param name="Bristles">How unevenly the bristles carry paint, 0 (smooth) to 1.</param>
/// <param name="Dryness">How far the paint breaks off towards the end, 0 (full) to 1 (chalk-dry).</param>
/// <param name="Softness">Width of the faded edge, as a share of the half width.</param>
/// <param name="Round">Whether a touch is an ellipse; otherwise it is a bar with ragged ends.</param>
/// <param name="Shading">How much the bristles show in the colour, 0–1.</param>
public sealed record Brush(
    float Opacity = 1, float Bristles = 0.5f, float Dryness = 0.3f, float Softness = 0.3f, bool Round = false, float Shading = 0.12f);

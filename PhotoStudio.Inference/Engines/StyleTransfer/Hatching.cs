using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>
/// Hatching as a field of thresholds: long grains of noise along one direction; a tone covers the places whose threshold it exceeds, so
/// that lines grow denser and broader with it.
/// </summary>
/// <param name="random">Which hand.</param>
/// <param name="width">Width of a line, in pixels.</param>
/// <param name="length">Length of a line, in pixels.</param>
/// <param name="degrees">Its direction.</param>
internal sealed class Hatching(SeededRandom random, float width, float length, float degrees)
{
    private readonly GradientNoise noise = new(random);
    private readonly float perWidth = 0.5f / Math.Max(width, 0.7f);
    private readonly float perLength = 1 / Math.Max(length, 1);
    private readonly float cos = MathF.Cos(degrees * MathF.PI / 180);
    private readonly float sin = MathF.Sin(degrees * MathF.PI / 180);

    /// <summary>The threshold at a pixel, about 0–1 and about evenly spread.</summary>
    public float At(float x, float y)
    {
        float u = (x * cos) + (y * sin), v = (y * cos) - (x * sin);

        // Lines are not quite straight nor quite parallel.
        v += 3 * noise.At(u * perLength * 0.4f, v * perWidth * 0.02f) / perWidth;
        var grain = (0.75f * noise.At(u * perLength, v * perWidth)) + (0.45f * noise.At((u * perLength * 2.3f) + 37, (v * perWidth * 1.9f) + 11));
        return 0.5f + (0.62f * grain);
    }
}

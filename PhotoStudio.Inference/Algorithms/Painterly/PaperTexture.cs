namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>The surface of paper and canvas: heights around 0, about −1 to 1, by place in the picture.</summary>
public sealed class PaperTexture
{
    private readonly GradientNoise noise;
    private readonly float fine;

    /// <summary>A sheet.</summary>
    /// <param name="random">Which sheet.</param>
    /// <param name="grain">Size of the tooth, in pixels.</param>
    public PaperTexture(SeededRandom random, float grain)
    {
        noise = new GradientNoise(random);
        fine = 1 / Math.Max(grain, 1.2f);
    }

    /// <summary>Rough paper: a tooth with a little unevenness over larger distances.</summary>
    public float Tooth(float x, float y) =>
        (0.65f * noise.At(x * fine, y * fine)) + (0.3f * noise.At((x * fine * 0.43f) + 71, (y * fine * 0.43f) + 19))
        + (0.2f * noise.At((x * fine * 0.06f) + 31, (y * fine * 0.06f) + 5));

    /// <summary>The slow unevenness alone, as where a wash ran.</summary>
    public float Cloud(float x, float y) => noise.Fractal((x * fine * 0.035f) + 11, (y * fine * 0.035f) + 47, 3);

    /// <summary>Linen: threads over and under each other, none quite straight.</summary>
    public float Weave(float x, float y)
    {
        float warp = 0.8f * noise.At(x * fine * 0.09f, y * fine * 0.02f), weft = 0.8f * noise.At((x * fine * 0.02f) + 33, (y * fine * 0.09f) + 7);
        float u = (x * fine * 0.5f) + warp, v = (y * fine * 0.5f) + weft;
        var over = ((int)MathF.Floor(u) + (int)MathF.Floor(v)) & 1;
        var thread = over == 0 ? MathF.Sin(MathF.PI * (v - MathF.Floor(v))) : MathF.Sin(MathF.PI * (u - MathF.Floor(u)));
        return (1.4f * thread) - 0.9f + (0.25f * noise.At(x * fine * 1.7f, y * fine * 1.7f));
    }
}

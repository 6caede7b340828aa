using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>The picture a style paints after, and what all styles need of it.</summary>
internal sealed class StyleCanvas(
    ColorPlanes colors, long seed, IProgress<double>? progress, CancellationToken cancellationToken, double brush = 1)
{
    private readonly Dictionary<float, FlowField> flows = [];
    private Plane? luma;

    /// <summary>The picture, sRGB 0–1.</summary>
    public ColorPlanes Colors { get; } = colors;

    /// <summary>Width in pixels.</summary>
    public int Width => Colors.Width;

    /// <summary>Height in pixels.</summary>
    public int Height => Colors.Height;

    /// <summary>The length that brushes and dots are measured in: one pixel of a picture of one megapixel, in pixels of this one, times the size of the brush.</summary>
    public float Unit { get; } = (float)brush * MathF.Sqrt(colors.Width * (float)colors.Height) / 1024;

    /// <summary>Decides what is left to chance.</summary>
    public long Seed => seed;

    /// <summary>Stops the work.</summary>
    public CancellationToken Token => cancellationToken;

    /// <summary>Brightness by the weights of ITU-R BT.601, 0–1.</summary>
    public Plane Luma => luma ??= LumaOf(Colors);

    /// <summary>A length of so many units, in pixels, at least <paramref name="least"/>.</summary>
    public float Units(float units, float least = 0.5f) => Math.Max(least, units * Unit);

    /// <summary>Random numbers for a part of the work.</summary>
    public SeededRandom Random(string part) => SeededRandom.For(seed, part);

    /// <summary>A noise field for a part of the work.</summary>
    public GradientNoise Noise(string part) => new(Random(part));

    /// <summary>A hash seed for grain.</summary>
    public uint GrainSeed(string part) => Random(part).Next();

    /// <summary>The picture's directions, smoothed over so many units.</summary>
    public FlowField Flow(float units)
    {
        if (flows.TryGetValue(units, out var flow)) return flow;
        return flows[units] = FlowField.Find(Colors, Units(units, 1), Token);
    }

    /// <summary>The picture without detail, by anisotropic Kuwahara filtering.</summary>
    public ColorPlanes Abstracted(float radius, int rounds = 1, float sharpness = 8)
    {
        var result = Colors;
        for (var round = 0; round < rounds; round++)
        {
            var flow = round == 0 ? Flow(2) : FlowField.Find(result, Units(2, 1), Token);
            result = AnisotropicKuwahara.Filter(result, flow, Units(radius, 1.5f), sharpness, Token);
        }

        return result;
    }

    /// <summary>Lines; widths in units.</summary>
    public Plane Lines(Plane brightness, float width, float coherence, float emphasis = 20, float threshold = 0.6f, float steepness = 10) =>
        InkLines.Draw(
            brightness, Flow(2.5f), new(Units(width, 0.6f), Units(coherence, 1), emphasis, threshold, steepness), Token);

    /// <summary>Lines of the picture's contrasts alone, so that dark parts are not filled with ink; widths in units.</summary>
    public Plane Contours(float width, float coherence, float emphasis = 22, float steepness = 8)
    {
        const float Floor = 0.09f, Level = 0.8f;
        var around = Blurred(Luma, 9);
        var contrast = Map((_, _, i) => Math.Min(1, Level * (Luma.Data[i] + Floor) / (around.Data[i] + Floor)));
        return Lines(contrast, width, coherence, emphasis, 0.62f, steepness);
    }

    /// <summary>Blurs colours; sigma in units.</summary>
    public ColorPlanes Blurred(ColorPlanes planes, float sigma) => new(
        GaussianFilter.Blur(planes.C0, sigma * Unit, Token),
        GaussianFilter.Blur(planes.C1, sigma * Unit, Token),
        GaussianFilter.Blur(planes.C2, sigma * Unit, Token));

    /// <summary>Blurs a plane; sigma in units.</summary>
    public Plane Blurred(Plane plane, float sigma) => GaussianFilter.Blur(plane, sigma * Unit, Token);

    /// <summary>A plane whose values are computed pixel by pixel from column, row and index.</summary>
    public Plane Map(Func<int, int, int, float> value)
    {
        var plane = new Plane(Width, Height);
        RowBands.Run(
            Height,
            (first, end) =>
            {
                for (int y = first, i = first * Width; y < end; y++)
                {
                    Token.ThrowIfCancellationRequested();
                    for (var x = 0; x < Width; x++, i++) plane.Data[i] = value(x, y, i);
                }
            },
            Token);
        return plane;
    }

    /// <summary>Tones as a draughtsman sets them (<see cref="Levels.Draughted"/>).</summary>
    public Plane Draughted(Plane brightness, float median = 0.6f) => Levels.Draughted(brightness, median, Token);

    /// <summary>The plane stretched so that two shares of its values lie at 0 and 1 (<see cref="Levels.Spread"/>).</summary>
    public Plane Spread(Plane plane, float low, float high) => Levels.Spread(plane, low, high, Token);

    /// <summary>Colours that are computed pixel by pixel from column, row and index.</summary>
    public ColorPlanes Paint(Func<int, int, int, Vector3> color)
    {
        var result = new ColorPlanes(Width, Height);
        RowBands.Run(
            Height,
            (first, end) =>
            {
                for (int y = first, i = first * Width; y < end; y++)
                {
                    Token.ThrowIfCancellationRequested();
                    for (var x = 0; x < Width; x++, i++)
                    {
                        var c = color(x, y, i);
                        (result.C0.Data[i], result.C1.Data[i], result.C2.Data[i]) = (c.X, c.Y, c.Z);
                    }
                }
            },
            Token);
        return result;
    }

    /// <summary>Says how far the work is, 0–1.</summary>
    public void Report(double share) => progress?.Report(share);

    /// <summary>Brightness by the weights of ITU-R BT.601.</summary>
    public Plane LumaOf(ColorPlanes planes) => Map((_, _, i) =>
        (0.299f * planes.C0.Data[i]) + (0.587f * planes.C1.Data[i]) + (0.114f * planes.C2.Data[i]));
}

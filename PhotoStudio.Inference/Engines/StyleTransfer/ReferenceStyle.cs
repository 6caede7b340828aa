using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>
/// The style of another picture: its colours (<see cref="ColorTransport"/>), and where it has a texture all over, as paintings and
/// drawings have, its brushwork (<see cref="TextureQuilt"/>) on a picture that lost its own fine detail in that measure.
/// </summary>
internal static class ReferenceStyle
{
    private const float DetailSigma = 5;
    private const int Samples = 6_000;

    /// <summary>Paints a picture after a reference.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="reference">The reference's colours, sRGB 0–1.</param>
    /// <returns>The painting, and how much texture the reference lent, 0–1.</returns>
    public static (ColorPlanes Painted, float Texture) Paint(StyleCanvas canvas, ColorPlanes reference)
    {
        var model = new StyleCanvas(reference, canvas.Seed, null, canvas.Token);
        var wanted = Palettes.Samples(reference, Samples);
        var transport = ColorTransport.Fit(Palettes.Samples(canvas.Colors, Samples), wanted, canvas.Random("transport"), canvas.Token);
        canvas.Report(0.25);
        var detail = Detail(model, model.Luma);
        var texture = Everywhere(model, detail);
        var smooth = canvas.Abstracted(2 + (3 * texture));
        canvas.Report(0.6);
        var laid = texture > 0.05f ? Quilt(canvas, model, detail) : null;
        canvas.Report(0.8);

        // Fine detail of a photograph goes on top of the transported colours, less where the reference brings its own.
        var keep = 1 - (0.8f * texture);
        var painted = canvas.Paint((_, _, i) =>
        {
            var color = Palettes.ToSrgb(transport.Map(Palettes.ToOklab(smooth.At(i))));
            var change = Math.Clamp(keep * (canvas.Luma.Data[i] - Tints.Luma(smooth.At(i))), -0.3f, 0.3f);
            if (laid is not null) change += texture * laid.Data[i];
            return Tints.Clamp(color + new Vector3(change));
        });

        // Smoothing and detail moved the colours; once more they are brought to the reference's.
        var correction = ColorTransport.Fit(Palettes.Samples(painted, Samples), wanted, canvas.Random("correction"), canvas.Token);
        return (canvas.Paint((_, _, i) => Palettes.ToSrgb(correction.Map(Palettes.ToOklab(painted.At(i))))), texture);
    }

    private static Plane Detail(StyleCanvas canvas, Plane luma)
    {
        var around = canvas.Blurred(luma, DetailSigma);
        return canvas.Map((_, _, i) => luma.Data[i] - around.Data[i]);
    }

    // Texture is everywhere, a photograph's detail is at its edges: the median of the local energy beside its mean tells them apart.
    private static float Everywhere(StyleCanvas model, Plane detail)
    {
        var energy = model.Blurred(detail.Map(value => value * value, model.Token), 8).Map(value => MathF.Sqrt(Math.Max(value, 0)), model.Token);
        double mean = energy.Data.Average(value => (double)value);
        if (mean < 0.004) return 0;
        return Tints.Smooth(0.55f, 0.9f, (float)(Levels.Quantile(energy.Map(value => value * 4, model.Token), 0.5f) / (4 * mean)));
    }

    private static Plane Quilt(StyleCanvas canvas, StyleCanvas model, Plane detail)
    {
        QuiltGuide Guide(StyleCanvas of) => new(of.Spread(of.Blurred(of.Luma, DetailSigma), 0.02f, 0.98f), of.Flow(6));
        return TextureQuilt.Lay(
            detail, Guide(model), Guide(canvas), (int)model.Units(40, 8), canvas.GrainSeed("quilt"), canvas.Token);
    }
}

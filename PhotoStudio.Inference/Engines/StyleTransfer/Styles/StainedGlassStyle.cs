using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Stained glass: irregular panes (superpixels) in one glowing colour each, streaked and bubbled, in dark lead.
/// </summary>
internal sealed class StainedGlassStyle : IPictureStyle
{
    private const int Panes = 760;
    private const float Painted = 0.65f;
    private const double SegmentPixels = 350_000;

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.StainedGlass;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        // Panes are found on a reduced picture and their borders smoothed at full size.
        var (width, height) = AreaResize.FitPixels(canvas.Width, canvas.Height, SegmentPixels);
        var soft = canvas.Abstracted(4);
        var small = AreaResize.Shrink(soft, width, height, canvas.Token);
        canvas.Report(0.4);
        var wanted = Math.Clamp(width * height / 40, 1, Panes);
        var panes = SlicSuperpixels.Compute(CieLab.FromSrgb(small, canvas.Token), wanted, 22, 8, canvas.Token);
        var colors = Colors(panes, small, canvas);
        canvas.Report(0.6);
        var lumas = panes.Mean(small.C0).Zip(panes.Mean(small.C1), panes.Mean(small.C2)).Select(c => Tints.Luma(new(c.First, c.Second, c.Third))).ToArray();
        var labels = Enlarge(canvas, panes, Join(panes, colors, canvas.Random("join")), width, height);
        var distance = DistanceToBorder(canvas, labels);
        canvas.Report(0.85);
        var glass = canvas.Noise("glass");
        float streak = 1 / canvas.Units(30), bubble = 1 / canvas.Units(5), lead = canvas.Units(2.5f, 0.9f);
        var sky = new Vector3(1.06f, 1.04f, 0.98f);
        return canvas.Paint((x, y, i) =>
        {
            var pane = labels[i];
            float turn = Grain.Uniform(pane, 7, 3) * 40, border = distance.Data[i];
            var veil = (0.1f * glass.At((x * streak) + turn, (y * streak * 0.3f) + turn)) + (0.035f * glass.At(x * bubble, y * bubble));
            var glow = 1.02f + veil - (0.2f * Tints.Smooth(lead * 3.5f, lead, border));
            
            // Faces and folds are painted on the glass, as glaziers do.
            var shade = Math.Clamp(Tints.Luma(soft.At(i)) / Math.Max(lumas[pane], 0.03f), 0.25f, 1.5f);
            var color = colors[pane] * (MathF.Pow(shade, Painted) * glow) * sky;
            var cover = Tints.Smooth(lead + 0.7f, lead - 0.7f, border);
            var round = Math.Clamp(1 - (border / lead), 0, 1);
            var came = Tints.Hex(0x17181B) + new Vector3(0.13f * round * round);
            return Vector3.Lerp(color, came, cover);
        });
    }

    private static Vector3[] Colors(SlicSuperpixels panes, ColorPlanes small, StyleCanvas canvas)
    {
        float[] red = panes.Mean(small.C0), green = panes.Mean(small.C1), blue = panes.Mean(small.C2);
        var random = canvas.Random("panes");
        var colors = new Vector3[panes.Count];
        for (var k = 0; k < colors.Length; k++)
        {
            var lab = Palettes.ToOklab(new(red[k], green[k], blue[k]));
            var chroma = MathF.Sqrt((lab.Y * lab.Y) + (lab.Z * lab.Z));
            var stronger = chroma < 1e-4f ? 0 : Math.Min(0.26f, (chroma * 1.7f) + 0.02f) / chroma;
            var lightness = Math.Clamp(0.16f + (0.84f * lab.X) + (0.03f * random.Normal()), 0.15f, 0.97f);
            colors[k] = Palettes.ToSrgb(new(lightness, lab.Y * stronger, lab.Z * stronger));
        }

        return colors;
    }

    // Panes of nearly one colour are cut as one, up to a few, so that calm parts get larger and less even glass.
    private static int[] Join(SlicSuperpixels panes, Vector3[] colors, SeededRandom random)
    {
        const int Most = 5;
        const float Alike = 0.045f;
        var neighbors = panes.Neighbors();
        var joined = Enumerable.Range(0, panes.Count).ToArray();
        var taken = new bool[panes.Count];
        for (var k = 0; k < panes.Count; k++)
        {
            if (taken[k]) continue;
            taken[k] = true;
            var wanted = 1 + random.Below(Most);
            var at = k;
            for (var size = 1; size < wanted; size++)
            {
                var next = neighbors[at].Where(n => !taken[n] && Vector3.Distance(colors[n], colors[k]) < Alike).DefaultIfEmpty(-1).First();
                if (next < 0) break;
                taken[next] = true;
                joined[next] = k;
                at = next;
            }
        }

        return joined;
    }

    private static int[] Enlarge(StyleCanvas canvas, SlicSuperpixels panes, int[] joined, int width, int height)
    {
        // Looking the pane up at a place that a smooth noise moves makes borders hand-cut instead of stepped.
        var noise = canvas.Noise("cut");
        float scaleX = width / (float)canvas.Width, scaleY = height / (float)canvas.Height, cut = 1 / canvas.Units(14), reach = canvas.Units(1.5f, 0);
        var labels = new int[canvas.Width * canvas.Height];
        canvas.Map((x, y, i) =>
        {
            var sx = (int)Math.Clamp((x + 0.5f + (reach * noise.At(x * cut, y * cut))) * scaleX, 0, width - 1);
            var sy = (int)Math.Clamp((y + 0.5f + (reach * noise.At((x * cut) + 50, y * cut))) * scaleY, 0, height - 1);
            labels[i] = joined[panes.Labels[(sy * width) + sx]];
            return 0;
        });
        return labels;
    }

    // Smoothed, so that the lead runs evenly.
    private static Plane DistanceToBorder(StyleCanvas canvas, int[] labels)
    {
        var border = new bool[labels.Length];
        canvas.Map((x, y, i) =>
        {
            border[i] = (x + 1 < canvas.Width && labels[i] != labels[i + 1]) || (y + 1 < canvas.Height && labels[i] != labels[i + canvas.Width]);
            return 0;
        });
        var distance = DistanceTransform.Euclidean(border, canvas.Width, canvas.Height, canvas.Token);
        return canvas.Blurred(distance.Map(value => Math.Min(value, 1e4f), canvas.Token), 1.2f);
    }
}

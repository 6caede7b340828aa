namespace PhotoStudio.Inference.Algorithms.Painterly;

/// <summary>
/// A canvas that strokes are painted on, one over the other, with the relief of the paint. Bands of rows are painted in parallel, each
/// in the strokes' order, so that the result does not depend on the machine.
/// </summary>
public sealed class StrokeCanvas
{
    private const int BandRows = 48;
    private const int TextureSide = 256;
    private static readonly float[] Texture = MakeTexture();

    /// <summary>A canvas that shows an underpainting, which becomes the canvas's own.</summary>
    public StrokeCanvas(ColorPlanes underpainting)
    {
        ArgumentNullException.ThrowIfNull(underpainting);
        Colors = underpainting;
        Relief = new Plane(underpainting.Width, underpainting.Height);
    }

    /// <summary>What it shows, sRGB 0–1.</summary>
    public ColorPlanes Colors { get; }

    /// <summary>How thick the paint lies, 0 to about 1.</summary>
    public Plane Relief { get; }

    /// <summary>Paints strokes in order.</summary>
    /// <param name="strokes">The strokes, from the lowest to the uppermost.</param>
    /// <param name="brush">How all of them are laid.</param>
    /// <param name="cancellationToken">Stops the work between bands.</param>
    public void Paint(IReadOnlyList<BrushStroke> strokes, Brush brush, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strokes);
        ArgumentNullException.ThrowIfNull(brush);
        var bands = (Colors.Height + BandRows - 1) / BandRows;
        var lists = new List<int>[bands];
        for (var band = 0; band < bands; band++) lists[band] = [];
        for (var s = 0; s < strokes.Count; s++)
        {
            var (_, reachY) = Reach(strokes[s]);
            var first = Math.Max(0, (int)Math.Floor((strokes[s].Y - reachY) / BandRows));
            var last = Math.Min(bands - 1, (int)Math.Floor((strokes[s].Y + reachY) / BandRows));
            for (var band = first; band <= last; band++) lists[band].Add(s);
        }

        RowBands.ForEach(
            bands,
            band =>
            {
                int top = band * BandRows, end = Math.Min(Colors.Height, top + BandRows);
                foreach (var s in lists[band]) Paint(strokes[s], brush, top, end);
            },
            cancellationToken);
    }

    /// <summary>
    /// What the relief looks like in light from the upper left: a factor around 1 for every pixel. The slope is that of the relief times
    /// <paramref name="depth"/> pixels.
    /// </summary>
    public Plane Light(float depth, CancellationToken cancellationToken = default)
    {
        int width = Relief.Width, height = Relief.Height;
        var smooth = GaussianFilter.Blur(Relief, 0.6f, cancellationToken);
        var result = new Plane(width, height);
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    ReadOnlySpan<float> above = smooth.Row(Math.Max(0, y - 1)), row = smooth.Row(y), below = smooth.Row(Math.Min(height - 1, y + 1));
                    var lit = result.Row(y);
                    for (var x = 0; x < width; x++)
                    {
                        var slope = depth * (row[Math.Min(x + 1, width - 1)] - row[Math.Max(x - 1, 0)] + below[x] - above[x]);
                        lit[x] = 1 + Math.Clamp(slope, -0.5f, 0.5f);
                    }
                }
            },
            cancellationToken);
        return result;
    }

    private static (float X, float Y) Reach(BrushStroke stroke)
    {
        var (sin, cos) = MathF.SinCos(stroke.Angle);
        var across = stroke.HalfWidth * (1 + Math.Abs(stroke.Bend));
        return (
            (Math.Abs(cos) * stroke.HalfLength) + (Math.Abs(sin) * across) + 1,
            (Math.Abs(sin) * stroke.HalfLength) + (Math.Abs(cos) * across) + 1);
    }

    private void Paint(BrushStroke stroke, Brush brush, int top, int end)
    {
        var (reachX, reachY) = Reach(stroke);
        int left = (int)Math.Max(0, stroke.X - reachX), right = (int)Math.Min(Colors.Width - 1, stroke.X + reachX);
        top = Math.Max(top, (int)(stroke.Y - reachY));
        end = Math.Min(end, (int)(stroke.Y + reachY) + 1);
        var (sin, cos) = MathF.SinCos(stroke.Angle);
        float perU = 1 / stroke.HalfLength, perV = 1 / stroke.HalfWidth, soft = 1 / Math.Max(brush.Softness, perV);
        float softU = 1 / Math.Max(brush.Softness * stroke.HalfWidth * perU, perU);
        int offsetU = (int)(stroke.Seed & 255), offsetV = (int)((stroke.Seed >> 8) & 255);
        float[] red = Colors.C0.Data, green = Colors.C1.Data, blue = Colors.C2.Data, relief = Relief.Data;
        for (var y = top; y < end; y++)
        {
            var dy = y - stroke.Y;
            for (var x = left; x <= right; x++)
            {
                var dx = x - stroke.X;
                var u = ((dx * cos) + (dy * sin)) * perU;
                if (u is <= -1 or >= 1) continue;
                var v = (((dy * cos) - (dx * sin)) * perV) - (stroke.Bend * u * u);
                if (v is <= -1 or >= 1) continue;

                var texel = Texture[((((int)((v + 1) * 22) + offsetV) & 255) * TextureSide) + (((int)((u + 1) * 40) + offsetU) & 255)];
                float inside;
                if (brush.Round)
                {
                    var distance = 1 - MathF.Sqrt((u * u) + (v * v)) - (brush.Bristles * 0.25f * texel);
                    inside = Math.Min(1, distance * soft);
                }
                else
                {
                    // Bristles end at different places, and first at the far end.
                    var tip = 1 - Math.Abs(u) - (brush.Bristles * texel * (u > 0 ? 0.5f : 0.2f));
                    inside = Math.Min(Math.Min(1, (1 - Math.Abs(v)) * soft), tip * softU);
                }

                if (inside <= 0) continue;
                var gap = brush.Dryness * Math.Clamp((texel * 1.6f) - 0.6f + (0.5f * u), 0, 1);
                var cover = brush.Opacity * inside * (1 - gap);
                var shade = 1 + (brush.Shading * (0.5f - texel));
                var i = (y * Colors.Width) + x;
                red[i] += cover * ((stroke.Red * shade) - red[i]);
                green[i] += cover * ((stroke.Green * shade) - green[i]);
                blue[i] += cover * ((stroke.Blue * shade) - blue[i]);

                // Paint is pushed to the sides of the stroke and lies in ridges along it.
                var thickness = (0.35f * Math.Abs(v)) + 0.3f + (brush.Bristles * 0.6f * (1 - texel));
                relief[i] += cover * (thickness - relief[i]);
            }
        }
    }

    // Streaks along u: uneven across, slowly changing along.
    private static float[] MakeTexture()
    {
        var noise = new GradientNoise(new SeededRandom(20091));
        var texture = new float[TextureSide * TextureSide];
        for (var v = 0; v < TextureSide; v++)
        {
            for (var u = 0; u < TextureSide; u++)
            {
                var streak = noise.At(u / 90f, v / 2.3f) + (0.6f * noise.At((u / 40f) + 57, (v / 5.1f) + 13));
                texture[(v * TextureSide) + u] = Math.Clamp(0.5f + (0.5f * streak), 0, 1);
            }
        }

        return texture;
    }
}

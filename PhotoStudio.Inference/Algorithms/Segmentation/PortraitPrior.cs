namespace PhotoStudio.Inference.Algorithms.Segmentation;

/// <summary>
/// Keeps the body of a portrait: below a likely face it expects shoulders and a torso, whatever their colours.
/// Clothes often touch the frame on three sides, which makes them look like background to every other cue.
/// </summary>
internal static class PortraitPrior
{
    private const float SmallestFace = 0.012f;

    /// <summary>Where a body is expected.</summary>
    /// <param name="lab">The reduced photograph in CIE Lab.</param>
    /// <param name="odds">Log odds of subject by the other cues.</param>
    /// <returns>How surely each pixel belongs to a body, 0–1; null without a likely face.</returns>
    public static Plane? Find(ColorPlanes lab, Plane odds)
    {
        int width = lab.Width, height = lab.Height;
        var skin = new Plane(width, height);
        for (var i = 0; i < skin.Data.Length; i++)
            skin.Data[i] = SkinTone.Likeness(lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]);
        skin = BoxFilter.Mean(skin, Math.Max(1, Math.Min(width, height) / 80));
        var mask = new bool[width * height];
        for (var i = 0; i < mask.Length; i++) mask[i] = skin.Data[i] > 0.2f && odds.Data[i] > -0.5f;
        var (labels, areas) = ConnectedComponents.Label(mask, width, height);
        var faces = Enumerable.Range(1, areas.Length - 1)
            .Where(label => areas[label] >= SmallestFace * mask.Length)
            .OrderByDescending(label => areas[label])
            .Take(4)
            .Select(label => Face.Measure(labels, label, lab, skin))
            .Where(face => face.IsLikely(width, height))
            .ToList();
        if (faces.Count == 0) return null;
        var body = new Plane(width, height);
        foreach (var face in faces) Add(body, face);
        return body;
    }

    private static void Add(Plane body, Face face)
    {
        // A body is two to three faces wide and gets less certain the further it is below the chin.
        var confidence = Math.Clamp(((face.HalfHeight * 2 / body.Height) - 0.1f) / 0.12f, 0f, 1f);
        var chin = face.Y + (0.7f * face.HalfHeight);
        for (var y = Math.Max(0, (int)chin); y < body.Height; y++)
        {
            var below = (y - chin) / face.HalfWidth;
            if (below > 7) break;
            var half = face.HalfWidth * (below < 0.6f ? 0.75f : Math.Min(2.6f, 0.75f + (1.9f * (below - 0.6f))));
            var row = body.Row(y);
            for (var x = Math.Max(0, (int)(face.X - half)); x < Math.Min(body.Width, face.X + half); x++)
            {
                var edge = Math.Abs(x - face.X) / half;
                var strength = confidence * (1 - (edge * edge * edge)) * Math.Clamp(1.4f - (0.2f * below), 0, 1);
                row[x] = Math.Max(row[x], strength);
            }
        }
    }

    /// <summary>An ellipse around a region of skin, from the region's moments.</summary>
    private readonly record struct Face(float X, float Y, float HalfWidth, float HalfHeight, float Filled, float DarkShare)
    {
        public static Face Measure(int[] labels, int label, ColorPlanes lab, Plane skin)
        {
            int width = lab.Width;
            double n = 0, x = 0, y = 0, xx = 0, yy = 0, light = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] != label) continue;
                int px = i % width, py = i / width;
                n++;
                x += px;
                y += py;
                xx += (double)px * px;
                yy += (double)py * py;
                light += lab.C0.Data[i];
            }

            x /= n;
            y /= n;
            light /= n;
            float a = (float)(2 * Math.Sqrt(Math.Max(1, (xx / n) - (x * x)))), b = (float)(2 * Math.Sqrt(Math.Max(1, (yy / n) - (y * y))));

            // Eyes, brows and hair line: pixels inside the ellipse's upper half that are much darker than the skin.
            int dark = 0, all = 0;
            for (var py = Math.Max(0, (int)(y - (0.8f * b))); py < Math.Min(lab.Height, y + (0.2f * b)); py++)
            {
                for (var px = Math.Max(0, (int)(x - (0.7f * a))); px < Math.Min(width, x + (0.7f * a)); px++)
                {
                    all++;
                    if (lab.C0[px, py] < light - 15 && skin[px, py] < 0.45f) dark++;
                }
            }

            return new((float)x, (float)y, a, b, (float)(n / (Math.PI * a * b)), all == 0 ? 0 : dark / (float)all);
        }

        public bool IsLikely(int width, int height) =>
            HalfHeight / HalfWidth is > 0.8f and < 2.7f && Filled > 0.6f && DarkShare is > 0.015f and < 0.6f
            && Y < 0.72f * height && X > 0.12f * width && X < 0.88f * width;
    }
}

using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// Finds eyes, mouth and nose in a patch that shows a face. Eyes by the gradients that point away from the middle of the iris (Timm,
/// Barth, "Accurate Eye Centre Localisation by Means of Gradients", VISAPP 2011), the mouth as a dark line across, the nose by its two
/// nostrils. Every feature is held near the place where faces have it.
/// </summary>
internal static class FaceFeatures
{
    private const float Unit = FacePatch.PixelsPerUnit;

    /// <summary>The middles of both eyes, in the patch's face coordinates.</summary>
    public static (Vector2 Left, Vector2 Right) Eyes(FacePatch patch)
    {
        var light = GaussianFilter.Blur(patch.Lightness, 0.8f);
        return (Eye(light, -0.5f), Eye(light, 0.5f));
    }

    /// <summary>Nose and mouth, in the patch's face coordinates; the patch has to be sampled by the eyes' middles.</summary>
    public static (Vector2 Nose, Vector2 MouthLeft, Vector2 MouthRight) NoseAndMouth(FacePatch patch)
    {
        var light = patch.Lightness;
        var dark = Darkness(light, 1.2f, 4.5f);
        var line = MouthLine(dark);
        var (left, right) = Corners(dark, line);
        return (Nose(dark, line), left, right);
    }

    private static Vector2 Eye(Plane light, float expected)
    {
        var middle = FacePatch.Pixel(new(expected, 0));
        int reachX = (int)(0.24f * Unit), reachY = (int)(0.20f * Unit), frame = (int)(0.14f * Unit);
        int x0 = (int)middle.X, y0 = (int)middle.Y;
        List<(Vector2 At, Vector2 Direction, float Strength)> gradients = [];
        for (var y = y0 - reachY - frame; y <= y0 + reachY + frame; y++)
        {
            for (var x = x0 - reachX - frame; x <= x0 + reachX + frame; x++)
            {
                var gradient = new Vector2(light[x + 1, y] - light[x - 1, y], light[x, y + 1] - light[x, y - 1]);
                var strength = gradient.Length();
                if (strength > 0.01f) gradients.Add((new(x, y), gradient / strength, strength));
            }
        }

        var best = (Score: float.NegativeInfinity, At: middle);
        for (var y = y0 - reachY; y <= y0 + reachY; y++)
        {
            for (var x = x0 - reachX; x <= x0 + reachX; x++)
            {
                var score = Outward(gradients, new(x, y)) * (1.05f - light[x, y]) * Near(x - middle.X, y - middle.Y - 1);
                if (score > best.Score) best = (score, new(x, y));
            }
        }

        return FacePatch.At(best.At.X, best.At.Y);
    }

    // Only gradients about as far away as the rim of an iris count.
    private static float Outward(List<(Vector2 At, Vector2 Direction, float Strength)> gradients, Vector2 center)
    {
        float sum = 1e-6f;
        foreach (var (at, direction, strength) in gradients)
        {
            var offset = at - center;
            var distance = offset.Length();
            if (distance is < 1 or > 0.22f * Unit) continue;
            var along = Vector2.Dot(offset / distance, direction);
            if (along > 0) sum += along * along * strength;
        }

        return sum;
    }

    private static float Near(float x, float y) => MathF.Exp(-((x * x) + (1.5f * y * y)) / (2 * 0.17f * 0.17f * Unit * Unit));

    private static Plane Darkness(Plane light, float inner, float outer)
    {
        Plane fine = GaussianFilter.Blur(light, inner), coarse = GaussianFilter.Blur(light, outer);
        for (var i = 0; i < fine.Data.Length; i++) fine.Data[i] = coarse.Data[i] - fine.Data[i];
        return fine;
    }

    // The row with the darkest line across, in pixels of the patch.
    private static float MouthLine(Plane dark)
    {
        var (best, row) = (float.NegativeInfinity, FacePatch.Pixel(new(0, 1.08f)).Y);
        var expected = row;
        for (var y = (int)FacePatch.Pixel(new(0, 0.86f)).Y; y <= (int)FacePatch.Pixel(new(0, 1.38f)).Y; y++)
        {
            float sum = 0;
            for (var x = -7; x <= 7; x++) sum += dark[(FacePatch.Width / 2) + x, y];
            var away = (y - expected) / (0.19f * Unit);
            var score = (sum / 15) + 0.02f - (0.015f * away * away);
            if (score > best) (best, row) = (score, y);
        }

        return row;
    }

    // Both together: they lie about level and about as far to either side.
    private static (Vector2 Left, Vector2 Right) Corners(Plane dark, float line)
    {
        List<(float Score, int X, int Y)> left = CornersBeside(dark, line, -1), right = CornersBeside(dark, line, 1);
        var best = (Score: float.NegativeInfinity, Left: Vector2.Zero, Right: Vector2.Zero);
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                float level = one.Y - other.Y, even = one.X - other.X;
                var score = one.Score + other.Score - (0.006f * level * level) - (0.003f * even * even);
                if (score > best.Score)
                    best = (score, new((FacePatch.Width / 2) - one.X, one.Y), new((FacePatch.Width / 2) + other.X, other.Y));
            }
        }

        return (FacePatch.At(best.Left.X, best.Left.Y), FacePatch.At(best.Right.X, best.Right.Y));
    }

    // How much each place on one side looks like a corner; X counts from the middle.
    private static List<(float Score, int X, int Y)> CornersBeside(Plane dark, float line, int side)
    {
        List<(float Score, int X, int Y)> found = [];
        for (var y = (int)line - 5; y <= (int)line + 3; y++)
        {
            for (var x = 7; x <= 15; x++)
            {
                var column = (FacePatch.Width / 2) + (side * x);
                float across = (x - (0.41f * Unit)) / (0.11f * Unit), down = (y - line + 1) / (0.09f * Unit);

                // A corner is where the dark line ends: dark here, no longer dark further out.
                var beyond = Math.Max(0, dark[Math.Clamp(column + (3 * side), 0, FacePatch.Width - 1), y]);
                found.Add((dark[column, y] - (0.6f * beyond) - (0.02f * ((across * across) + (down * down))), x, y));
            }
        }

        return found;
    }

    private static Vector2 Nose(Plane dark, float line)
    {
        var mouth = FacePatch.At(0, line).Y;
        var expected = FacePatch.Pixel(new(0, 0.62f * mouth));
        var best = (Score: float.NegativeInfinity, At: expected);
        for (var y = (int)expected.Y - 4; y <= (int)expected.Y + 4; y++)
        {
            for (var x = (int)expected.X - 4; x <= (int)expected.X + 4; x++)
            {
                float across = (x - expected.X) / 3f, down = (y - expected.Y) / 3f;
                var nostrils = Math.Min(Strongest(dark, x - 4, y), Strongest(dark, x + 4, y));
                var score = nostrils - dark[x, y] - (0.012f * ((across * across) + (down * down)));
                if (score > best.Score) best = (score, new(x, y));
            }
        }

        // The tip lies a little above the nostrils.
        return FacePatch.At(best.At.X, best.At.Y - (0.07f * Unit));

        static float Strongest(Plane dark, int x, int y) => Math.Max(dark[x, y], Math.Max(dark[x - 1, y], dark[x + 1, y]));
    }
}

using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.FaceSwap;

/// <summary>
/// Puts one picture's face in the place of another's. A thin-plate spline through the landmarks bends it into place; its colours get the
/// mean and spread of those it replaces (Reinhard et al., "Color Transfer between Images", 2001); what still differs along the border is
/// spread over the face by a membrane (Pérez, Gangnet, Blake, "Poisson Image Editing", SIGGRAPH 2003), so that no seam is left.
/// </summary>
internal static class FaceExchange
{
    private const int LargestMembrane = 160;
    private const float Softness = 0.20f;

    /// <summary>Puts the source's face on the target.</summary>
    /// <returns>The target with another face; its pixels outside the face's oval, its alpha and its format stay.</returns>
    public static Picture Run(
        Picture source, FoundFace sourceFace, Picture target, FoundFace targetFace, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var result = new Picture(target.Width, target.Height, target.Format, [.. target.Samples]);
        var oval = FaceOval.Features(targetFace.Landmarks);
        if (FaceRegion.Of(targetFace, target.Width, target.Height, oval, Softness, cancellationToken) is not { } region) return result;

        var there = Read(target, region, cancellationToken);
        var here = Warp(source, sourceFace.Landmarks, targetFace.Landmarks, region, cancellationToken);
        progress?.Report(0.4);
        MatchColors(here, there, region.Weight, cancellationToken);
        progress?.Report(0.5);
        var membrane = Membrane(here, there, region.Weight, cancellationToken);
        progress?.Report(0.9);
        Write(result, region, here, there, membrane, cancellationToken);
        progress?.Report(1);
        return result;
    }

    // The nine points that hold a face: its landmarks, and its outline by its proportions.
    private static Vector2[] Points(FaceLandmarks landmarks)
    {
        var frame = landmarks.Frame;
        var mouth = frame.ToFace(landmarks.MouthMiddle);
        return
        [
            landmarks.LeftEye, landmarks.RightEye, landmarks.Nose, landmarks.MouthLeft, landmarks.MouthRight,
            frame.ToPicture(new(-0.95f, 0.5f * mouth.Y)), frame.ToPicture(new(0.95f, 0.5f * mouth.Y)),
            frame.ToPicture(new(0, -0.7f)), frame.ToPicture(new(mouth.X * 0.5f, mouth.Y + 0.65f)),
        ];
    }

    private static ColorPlanes Warp(
        Picture source, FaceLandmarks from, FaceLandmarks to, FaceRegion region, CancellationToken cancellationToken)
    {
        // A larger face is first shrunk to about the target's size, so that none of its pixels is passed over.
        var scale = MathF.Min(1, to.EyeDistance / from.EyeDistance);
        int width = Math.Max(1, (int)MathF.Round(source.Width * scale)), height = Math.Max(1, (int)MathF.Round(source.Height * scale));
        var colors = ColorPlanes.From(source, width, height, cancellationToken);
        var ratio = new Vector2(width / (float)source.Width, height / (float)source.Height);

        // The spline is computed in the target face's own coordinates, where numbers are about 1.
        var frame = to.Frame;
        var spline = new ThinPlateSpline([.. Points(to).Select(frame.ToFace)], [.. Points(from).Select(point => point * ratio)]);
        var result = new ColorPlanes(region.Width, region.Height);
        RowBands.Run(region.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var x = 0; x < region.Width; x++)
                {
                    var at = spline.Map(frame.ToFace(new(region.Left + x + 0.5f, region.Top + y + 0.5f)));
                    result.C0[x, y] = Cubic(colors.C0, at);
                    result.C1[x, y] = Cubic(colors.C1, at);
                    result.C2[x, y] = Cubic(colors.C2, at);
                }
            }
        }, cancellationToken);
        return result;
    }

    // Catmull-Rom interpolation; beyond the picture its border is repeated.
    private static float Cubic(Plane plane, Vector2 at)
    {
        float x = at.X - 0.5f, y = at.Y - 0.5f;
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        Span<float> across = stackalloc float[4], down = stackalloc float[4];
        Weights(x - left, across);
        Weights(y - top, down);
        float sum = 0;
        for (var j = 0; j < 4; j++)
        {
            var row = plane.Row(Math.Clamp(top + j - 1, 0, plane.Height - 1));
            float line = 0;
            for (var i = 0; i < 4; i++) line += across[i] * row[Math.Clamp(left + i - 1, 0, row.Length - 1)];
            sum += down[j] * line;
        }

        return Math.Clamp(sum, 0, 1);

        static void Weights(float t, Span<float> weights)
        {
            weights[0] = t * (-0.5f + (t * (1 - (0.5f * t))));
            weights[1] = 1 + (t * t * (-2.5f + (1.5f * t)));
            weights[2] = t * (0.5f + (t * (2 - (1.5f * t))));
            weights[3] = t * t * (-0.5f + (0.5f * t));
        }
    }

    private static ColorPlanes Read(Picture picture, FaceRegion region, CancellationToken cancellationToken)
    {
        var planes = new ColorPlanes(region.Width, region.Height);
        int channels = picture.Channels, second = channels <= 2 ? 0 : 1, third = channels <= 2 ? 0 : 2;
        for (var y = 0; y < region.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = picture.Row(region.Top + y)[(region.Left * channels)..];
            for (var x = 0; x < region.Width; x++)
            {
                planes.C0[x, y] = row[x * channels] / 255f;
                planes.C1[x, y] = row[(x * channels) + second] / 255f;
                planes.C2[x, y] = row[(x * channels) + third] / 255f;
            }
        }

        return planes;
    }

    private static void MatchColors(ColorPlanes here, ColorPlanes there, Plane weight, CancellationToken cancellationToken)
    {
        Match(here.C0, there.C0, weight, cancellationToken);
        Match(here.C1, there.C1, weight, cancellationToken);
        Match(here.C2, there.C2, weight, cancellationToken);
    }

    private static void Match(Plane here, Plane there, Plane weight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (mean, spread) = Measure(here, weight);
        cancellationToken.ThrowIfCancellationRequested();
        var (wantedMean, wantedSpread) = Measure(there, weight);

        // Noise and glare must not be blown up, nor a lively face flattened.
        var gain = Math.Clamp(wantedSpread / Math.Max(spread, 1e-3f), 0.75f, 1.3f);
        for (var i = 0; i < here.Data.Length; i++) here.Data[i] = wantedMean + (gain * (here.Data[i] - mean));
    }

    private static (float Mean, float Spread) Measure(Plane plane, Plane weight)
    {
        double total = 1e-9, sum = 0, square = 0;
        for (var i = 0; i < plane.Data.Length; i++)
        {
            double share = weight.Data[i], value = plane.Data[i];
            (total, sum, square) = (total + share, sum + (share * value), square + (share * value * value));
        }

        var mean = sum / total;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (square / total) - (mean * mean))));
    }

    // The smoothest surface that meets the difference along the border, found on a reduced region: it has no detail to lose.
    private static ColorPlanes Membrane(ColorPlanes here, ColorPlanes there, Plane weight, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.Fit(weight.Width, weight.Height, LargestMembrane);
        var inside = AreaResize.Shrink(weight, width, height, cancellationToken);
        Plane[] differences = [.. Difference()];
        var unknown = new PixelMask(width, height);
        for (var y = 1; y < height - 1; y++)
            for (var x = 1; x < width - 1; x++) unknown[x, y] = inside[x, y] > 0.02f;

        var solver = new PoissonSolver(unknown, (_, _) => 1, 0, cancellationToken);
        var right = new Vector4[width * height];
        for (var i = 0; i < right.Length; i++)
        {
            if (!unknown.Data[i]) continue;
            foreach (var neighbour in (int[])[i - 1, i + 1, i - width, i + width])
                if (!unknown.Data[neighbour]) right[i] += Border(neighbour);
        }

        var solution = solver.Solve(right, cancellationToken: cancellationToken);
        var small = new ColorPlanes(width, height);
        for (var i = 0; i < solution.Length; i++)
        {
            var value = unknown.Data[i] ? solution[i] : Border(i);
            (small.C0.Data[i], small.C1.Data[i], small.C2.Data[i]) = (value.X, value.Y, value.Z);
        }

        return new(
            AreaResize.Bilinear(small.C0, weight.Width, weight.Height, cancellationToken),
            AreaResize.Bilinear(small.C1, weight.Width, weight.Height, cancellationToken),
            AreaResize.Bilinear(small.C2, weight.Width, weight.Height, cancellationToken));

        Vector4 Border(int i) => new(differences[0].Data[i], differences[1].Data[i], differences[2].Data[i], 0);

        IEnumerable<Plane> Difference()
        {
            (Plane Here, Plane There)[] pairs = [(here.C0, there.C0), (here.C1, there.C1), (here.C2, there.C2)];
            foreach (var (one, other) in pairs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var plane = new Plane(weight.Width, weight.Height);
                for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = Math.Clamp(other.Data[i] - one.Data[i], -0.25f, 0.25f);

                // Single hairs along the border must not draw streaks across the face.
                yield return GaussianFilter.Blur(AreaResize.Shrink(plane, width, height, cancellationToken), 2.5f, cancellationToken);
            }
        }
    }

    private static void Write(
        Picture result, FaceRegion region, ColorPlanes here, ColorPlanes there, ColorPlanes membrane, CancellationToken cancellationToken)
    {
        int channels = result.Channels, colors = result.HasAlpha ? channels - 1 : channels;
        RowBands.Run(region.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = result.Row(region.Top + y);
                for (var x = 0; x < region.Width; x++)
                {
                    var i = (y * region.Width) + x;
                    var share = region.Weight.Data[i];
                    if (share <= 0) continue;
                    float red = Mix(here.C0, there.C0, membrane.C0), green = Mix(here.C1, there.C1, membrane.C1), blue = Mix(here.C2, there.C2, membrane.C2);
                    var at = (region.Left + x) * channels;
                    if (colors == 1)
                    {
                        row[at] = Level((0.299f * red) + (0.587f * green) + (0.114f * blue));
                        continue;
                    }

                    (row[at], row[at + 1], row[at + 2]) = (Level(red), Level(green), Level(blue));

                    float Mix(Plane one, Plane other, Plane correction) =>
                        other.Data[i] + (share * (one.Data[i] + correction.Data[i] - other.Data[i]));
                }
            }
        }, cancellationToken);

        static byte Level(float value) => (byte)Math.Clamp(MathF.Round(255 * value), 0, 255);
    }
}

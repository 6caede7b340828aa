using System.Numerics;
using System.Text.Json;
using PhotoStudio.Benchmarks.Speed;
using PhotoStudio.Core.Faces;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// Faces: how many drawn portraits of many builds, tints and tilts are found and how near their landmarks are, how many faces are seen
/// where there are none, what retouching does to noise and sharpness, and what a swapped face leaves of a seam.
/// </summary>
public static class FaceQuality
{
    private const int Side = 400;

    /// <summary>Runs the benchmark.</summary>
    public static BenchmarkTable Run(BenchmarkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = new BenchmarkTable("faces");
        using var studio = StudioInProcess.Start(context.CancellationToken);
        var portraits = Portraits(context.Quick ? 12 : 60);
        Detect(table, studio, context, portraits);
        Enhance(table, studio, context, [.. portraits.Take(12)]);
        Swap(table, studio, context, [.. portraits.Take(13)]);
        return table;
    }

    private static void Detect(BenchmarkTable table, StudioInProcess studio, BenchmarkContext context, List<DrawnPortrait> portraits)
    {
        List<double> eyes = [], others = [];
        int found = 0, foundInGray = 0;
        foreach (var portrait in portraits)
        {
            var painted = portrait.Paint(Side, Side);
            if (Faces(studio, context, painted.As(PixelFormat.Gray)).Any(IsIt)) foundInGray++;
            var face = Faces(studio, context, painted).FirstOrDefault(IsIt);
            if (face is null) continue;
            found++;
            eyes.Add(Away(face.Landmarks.LeftEye, portrait.LeftEye) / portrait.EyeDistance);
            eyes.Add(Away(face.Landmarks.RightEye, portrait.RightEye) / portrait.EyeDistance);
            others.Add(Away(face.Landmarks.Nose, portrait.Nose) / portrait.EyeDistance);
            others.Add(Away(face.Landmarks.MouthLeft, portrait.MouthLeft) / portrait.EyeDistance);
            others.Add(Away(face.Landmarks.MouthRight, portrait.MouthRight) / portrait.EyeDistance);

            bool IsIt(DetectedFace face) => Away(face.Landmarks.LeftEye, portrait.LeftEye) < 0.25f * portrait.EyeDistance;
        }

        table.AtLeast("detect-faces: share of drawn portraits found", 0.9, found / (double)portraits.Count);
        table.AtLeast("detect-faces: the same in gray", 0.9, foundInGray / (double)portraits.Count);
        if (found > 0)
        {
            table.AtMost("detect-faces: eyes, mean distance in distances between the eyes", 0.06, eyes.Average());
            table.AtMost("detect-faces: nose and mouth, mean distance in distances between the eyes", 0.15, others.Average());
        }

        var none = 0;
        var empty = CleanPictures.Of(studio.Codec, context, 640, 480).Where(picture => !picture.Name.Contains("astronaut", StringComparison.Ordinal)).ToList();
        for (var seed = 1; seed <= 12; seed++) empty.Add(($"painted-{seed}", SyntheticPhoto.Paint(480, 360, seed)));
        foreach (var (_, picture) in empty) none += Faces(studio, context, picture).Count;
        table.AtMost("detect-faces: faces a picture without any", 0.05, none / (double)empty.Count);
    }

    private static void Enhance(BenchmarkTable table, StudioInProcess studio, BenchmarkContext context, List<DrawnPortrait> portraits)
    {
        List<double> noise = [], sharpness = [];
        long outside = 0;
        foreach (var (index, portrait) in portraits.Index())
        {
            var noisy = (portrait with { Noise = 7 }).Paint(Side, Side);
            if (Faces(studio, context, noisy).Count == 0) continue;
            var result = Picture(studio, context, "face-enhance", """{"strength":1}""", $"face-enhance-{index}", ("image", noisy));
            noise.Add(Roughness(result, portrait, new(0, -0.5f)) / Roughness(noisy, portrait, new(0, -0.5f)));
            sharpness.Add(Steepest(result, portrait) / Steepest(noisy, portrait));
            outside += Changed(noisy, result, portrait, 1.6f);
        }

        if (noise.Count == 0) return;
        table.AtMost("face-enhance: noise left on the skin", 0.5, noise.Average());
        table.AtLeast("face-enhance: steepness of the iris' rim", 1.1, sharpness.Average());
        table.AtMost("face-enhance: pixels changed outside faces", 0, outside);
    }

    private static void Swap(BenchmarkTable table, StudioInProcess studio, BenchmarkContext context, List<DrawnPortrait> portraits)
    {
        List<double> seams = [], colors = [];
        for (var i = 0; i + 1 < portraits.Count; i++)
        {
            DrawnPortrait giver = portraits[i], taker = portraits[i + 1];
            Picture source = giver.Paint(Side, Side), target = taker.Paint(Side, Side);
            if (Faces(studio, context, source).Count == 0 || Faces(studio, context, target).Count == 0) continue;
            var result = Picture(studio, context, "face-swap", """{"consent":true}""", $"face-swap-{i}", ("source", source), ("target", target));
            seams.Add(Border(result, taker) / Border(target, taker));
            foreach (var point in (Vector2[])[new(-0.5f, 0.5f), new(0.5f, 0.5f)])
                colors.Add(Enumerable.Range(0, 3).Max(c => Math.Abs(At(result, taker, point, c) - At(target, taker, point, c))));
        }

        if (seams.Count == 0) return;
        table.AtMost("face-swap: gradient along the border, as a part of the target's", 1.3, seams.Average());
        table.AtMost("face-swap: cheeks' difference to the skin they replace", 20, colors.Average(), "levels");
    }

    private static List<DrawnPortrait> Portraits(int count)
    {
        var random = new Random(7);
        Vector3[] skins = [new(0.94f, 0.78f, 0.70f), new(0.85f, 0.64f, 0.53f), new(0.76f, 0.56f, 0.44f), new(0.62f, 0.44f, 0.33f), new(0.50f, 0.35f, 0.26f)];
        Vector3[] hairs = [new(0.20f, 0.13f, 0.09f), new(0.08f, 0.06f, 0.05f), new(0.75f, 0.55f, 0.25f), new(0.45f, 0.22f, 0.12f), new(0.7f, 0.7f, 0.7f)];
        return
        [
            .. Enumerable.Range(0, count).Select(i => new DrawnPortrait
            {
                EyeDistance = 45 + (50 * random.NextSingle()),
                EyesMiddle = new(180 + (40 * random.NextSingle()), 150 + (40 * random.NextSingle())),
                Tilt = 0.5f * (random.NextSingle() - 0.5f),
                Skin = skins[i % skins.Length],
                Hair = hairs[random.Next(hairs.Length)],
                Iris = random.Next(2) == 0 ? new(0.28f, 0.20f, 0.14f) : new(0.25f, 0.42f, 0.55f),
                Background = new(random.NextSingle(), random.NextSingle(), random.NextSingle()),
                MouthAt = 1 + (0.2f * random.NextSingle()),
                Noise = 4 * random.NextSingle(),
            }),
        ];
    }

    private static IReadOnlyList<DetectedFace> Faces(StudioInProcess studio, BenchmarkContext context, Picture picture)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var data = studio.Run("detect-faces", "{}", [new("image", Png(studio, picture))], context.CancellationToken).Data!;
        return JsonSerializer.Deserialize(data, DetectedFacesJson.Default.DetectedFaces)!.Faces;
    }

    private static Picture Picture(
        StudioInProcess studio, BenchmarkContext context, string operation, string parameters, string name, params (string Slot, Picture Picture)[] inputs)
    {
        InferenceInput[] files = [.. inputs.Select(input => new InferenceInput(input.Slot, Png(studio, input.Picture)))];
        var result = studio.Run(operation, parameters, files, context.CancellationToken).Outputs[0].File;
        if (context.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-before.png"), files[^1].File.ToArray());
            File.WriteAllBytes(Path.Combine(folder, $"{name}-after.png"), result.ToArray());
        }

        return studio.Codec.Decode(result, PictureLimits.Default, context.CancellationToken);
    }

    private static byte[] Png(StudioInProcess studio, Picture picture) => studio.Codec.Encode(picture, new EncodeOptions(PictureFormat.Png));

    private static float Away(DetectedPoint found, Vector2 truth) => Vector2.Distance(new((float)found.X, (float)found.Y), truth);

    private static int At(Picture picture, DrawnPortrait portrait, Vector2 point, int channel)
    {
        var at = portrait.At(point);
        int x = Math.Clamp((int)at.X, 0, picture.Width - 1), y = Math.Clamp((int)at.Y, 0, picture.Height - 1);
        return picture.Samples[(((y * picture.Width) + x) * picture.Channels) + channel];
    }

    // Mean difference of neighbours in a small square of even skin.
    private static double Roughness(Picture picture, DrawnPortrait portrait, Vector2 middle)
    {
        var at = portrait.At(middle);
        double sum = 0;
        for (var y = (int)at.Y - 5; y <= (int)at.Y + 5; y++)
            for (var x = (int)at.X - 6; x <= (int)at.X + 6; x++) sum += Math.Abs(picture.Row(y)[(3 * x) + 4] - picture.Row(y)[(3 * x) + 1]);
        return sum;
    }

    // The largest steps from the white of the eyes to the iris, on both sides of both.
    private static double Steepest(Picture picture, DrawnPortrait portrait)
    {
        double sum = 0;
        foreach (var eye in (float[])[-0.5f, 0.5f])
        {
            foreach (var side in (int[])[-1, 1])
            {
                sum += Enumerable.Range(0, 10).Max(step =>
                    Math.Abs(At(picture, portrait, new(eye + (side * (0.07f + (0.008f * step))), 0), 1)
                        - At(picture, portrait, new(eye + (side * (0.10f + (0.008f * step))), 0), 1)));
            }
        }

        return sum;
    }

    private static long Changed(Picture before, Picture after, DrawnPortrait portrait, float reach)
    {
        long changed = 0;
        for (var y = 0; y < before.Height; y++)
        {
            for (var x = 0; x < before.Width; x++)
            {
                var away = (new Vector2(x, y) - portrait.At(new(0, 0.4f))) / portrait.EyeDistance;
                if (away.Length() > reach + 0.4f && !before.Row(y).Slice(3 * x, 3).SequenceEqual(after.Row(y).Slice(3 * x, 3))) changed++;
            }
        }

        return changed;
    }

    // Mean gradient along the rim of the oval that is replaced, on the cheeks.
    private static double Border(Picture picture, DrawnPortrait portrait)
    {
        double sum = 0;
        var count = 0;
        for (var down = 0.2f; down < 1f; down += 0.02f)
        {
            foreach (var across in (float[])[-0.86f, -0.8f, -0.74f, 0.74f, 0.8f, 0.86f])
            {
                sum += Math.Abs(At(picture, portrait, new(across + 0.02f, down), 1) - At(picture, portrait, new(across - 0.02f, down), 1));
                count++;
            }
        }

        return 0.5 + (sum / count);
    }
}

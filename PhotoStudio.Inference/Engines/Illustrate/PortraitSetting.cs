using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Engines.Generate;
using PhotoStudio.Inference.Engines.Generate.Reading;
using PhotoStudio.Inference.Faces;
using GenerateOperation = PhotoStudio.Core.Operations.Generate;

namespace PhotoStudio.Inference.Engines.Illustrate;

/// <summary>Sets a person who was cut out before a scene: head and shoulders where a face was found, otherwise the whole subject.</summary>
internal static class PortraitSetting
{
    private const string NoPeople = "people, person, portrait, man, woman, child, figure, face";

    /// <summary>The scene behind the person, RGB; of a prompt without words a plain ground in a light tint of the person's colours.</summary>
    /// <returns>The scene and what the owner should know of it.</returns>
    public static (Picture Scene, IReadOnlyList<string> Notes) Behind(
        SubjectCutout cutout, string prompt, int width, int height, long seed, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(prompt)) return (Plain(cutout.Subject, width, height, cancellationToken), []);
        var values = new System.Text.Json.Nodes.JsonObject
        {
            [GenerateOperation.Prompt.Name] = prompt,
            [GenerateOperation.NegativePrompt.Name] = NoPeople,
            [GenerateOperation.Width.Name] = width,
            [GenerateOperation.Height.Name] = height,
        };
        var order = BriefMaker.Read(OperationParameters.FromJson(OperationCatalog.Get("generate"), values.ToJsonString()), seed);
        return (GenerateEngine.Paint(order, width, height, progress, cancellationToken).As(PixelFormat.Rgb), SceneReport.NotesOf(order) ?? []);
    }

    /// <summary>Puts the person before the scene; the scene's pixels are changed.</summary>
    public static void Place(SubjectCutout cutout, FoundFace? face, Picture scene, CancellationToken cancellationToken)
    {
        var subject = cutout.Subject;
        var (left, top, scale) = Window(cutout, face, scene.Width, scene.Height);

        // A larger photograph is shrunk first, so that none of its pixels is passed over.
        var ratio = Math.Min(1, 1 / scale);
        int width = Math.Max(1, (int)Math.Round(subject.Width * ratio)), height = Math.Max(1, (int)Math.Round(subject.Height * ratio));
        var colors = ColorPlanes.From(subject, width, height, cancellationToken);
        var alpha = AreaResize.FromPicture(subject, subject.Channels - 1, width, height, cancellationToken);
        Plane[] planes = [colors.C0, colors.C1, colors.C2];
        RowBands.Run(scene.Height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = scene.Row(y);
                for (var x = 0; x < scene.Width; x++)
                {
                    double atX = (left + ((x + 0.5) * scale)) * ratio, atY = (top + ((y + 0.5) * scale)) * ratio;
                    if (atX < 0 || atY < 0 || atX >= width || atY >= height) continue;
                    var cover = Read(alpha, atX, atY);
                    for (var c = 0; c < 3 && cover > 0; c++)
                    {
                        var before = row[(3 * x) + c];
                        row[(3 * x) + c] = (byte)Math.Clamp(MathF.Round(before + (cover * ((255 * Read(planes[c], atX, atY)) - before))), 0, 255);
                    }
                }
            }
        }, cancellationToken);
    }

    // The window's left upper corner in the photograph and the size of a pixel of the portrait there. The photograph's lower edge never
    // shows: whoever is cut off by it stands on the portrait's.
    private static (double Left, double Top, double Scale) Window(SubjectCutout cutout, FoundFace? face, int width, int height)
    {
        double top, bottom, middle;
        var (first, last, from, to) = Extent(cutout.Matte);
        if (face is not null)
        {
            double unit = face.Landmarks.EyeDistance;
            top = face.Landmarks.EyesMiddle.Y - (2.9 * unit);
            bottom = Math.Min(Math.Min(cutout.Matte.Height, last), face.Landmarks.EyesMiddle.Y + (5.2 * unit));
            middle = face.Landmarks.EyesMiddle.X;
        }
        else
        {
            var air = 0.1 * (last - first);
            (top, bottom, middle) = (first - air, last, (from + to) / 2.0);
            var needed = (to - from) * 1.1 * height / width;
            if (bottom - top < needed) top = bottom - needed;
        }

        var scale = Math.Max(1e-3, (bottom - top) / height);
        return (middle - (width * scale / 2), top, scale);
    }

    private static (int Top, int Bottom, int Left, int Right) Extent(Picture matte)
    {
        int top = matte.Height, bottom = 0, left = matte.Width, right = 0;
        for (var y = 0; y < matte.Height; y++)
        {
            var row = matte.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] < 128) continue;
                (top, bottom, left, right) = (Math.Min(top, y), y + 1, Math.Min(left, x), Math.Max(right, x + 1));
            }
        }

        return bottom == 0 ? (0, matte.Height, 0, matte.Width) : (top, bottom, left, right);
    }

    private static float Read(Plane plane, double x, double y)
    {
        float u = (float)Math.Clamp(x - 0.5, 0, plane.Width - 1), v = (float)Math.Clamp(y - 0.5, 0, plane.Height - 1);
        int left = (int)u, top = (int)v, right = Math.Min(left + 1, plane.Width - 1), bottom = Math.Min(top + 1, plane.Height - 1);
        var above = plane[left, top] + ((u - left) * (plane[right, top] - plane[left, top]));
        var below = plane[left, bottom] + ((u - left) * (plane[right, bottom] - plane[left, bottom]));
        return above + ((v - top) * (below - above));
    }

    private static Picture Plain(Picture subject, int width, int height, CancellationToken cancellationToken)
    {
        double red = 0, green = 0, blue = 0, all = 1e-9;
        for (var i = 0; i < subject.Samples.Length; i += 4)
        {
            if ((i & 0xFFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            double alpha = subject.Samples[i + 3];
            (red, green, blue) = (red + (alpha * subject.Samples[i]), green + (alpha * subject.Samples[i + 1]), blue + (alpha * subject.Samples[i + 2]));
            all += alpha;
        }

        // A tint of the opposite hue lets the person stand out; lighter above than below.
        double mean = (red + green + blue) / (3 * all);
        double[] tint = [.. new[] { red, green, blue }.Select(sum => 205 - (0.35 * ((sum / all) - mean)))];
        var picture = new Picture(width, height, PixelFormat.Rgb);
        for (var y = 0; y < height; y++)
        {
            var row = picture.Row(y);
            var light = 1.12 - (0.25 * y / height);
            for (var x = 0; x < row.Length; x++) row[x] = (byte)Math.Clamp(light * tint[x % 3], 0, 255);
        }

        return picture;
    }
}

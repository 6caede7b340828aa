using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using PhotoStudio.Inference.Algorithms.Segmentation;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>What of a picture is its subject, and what is sky.</summary>
/// <param name="Subject">The subject's alpha, 0–1, at the size of the colours; null when none is sure enough.</param>
/// <param name="Sky">How much of each pixel is sky, 0–1; null when there is none to speak of.</param>
internal sealed record SceneParts(Plane? Subject, Plane? Sky)
{
    private const double SubjectPixels = 160_000;
    private const double SkyPixels = 120_000;
    private const double LeastConfidence = 0.5;
    private const float LeastSky = 0.06f;

    /// <summary>Finds the parts.</summary>
    public static SceneParts Find(ColorPlanes colors, CancellationToken cancellationToken)
    {
        var subject = FindSubject(colors, cancellationToken);
        return new(subject, FindSky(colors, subject, cancellationToken));
    }

    /// <summary>Where the subject's middle is, as shares of width and height; the picture's middle without a subject.</summary>
    public (float X, float Y) Focus()
    {
        if (Subject is null) return (0.5f, 0.5f);
        double x = 0, y = 0, sum = 0;
        for (var row = 0; row < Subject.Height; row += 4)
        {
            var alpha = Subject.Row(row);
            for (var column = 0; column < alpha.Length; column += 4)
            {
                x += alpha[column] * column;
                y += alpha[column] * row;
                sum += alpha[column];
            }
        }

        // A head is at the top of a subject, and is missed more than feet are.
        const float Headroom = 0.15f;
        return sum < 1 ? (0.5f, 0.5f) : ((float)(x / sum / Subject.Width), (float)(y / sum / Subject.Height) - Headroom);
    }

    private static Plane? FindSubject(ColorPlanes colors, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.FitPixels(colors.Width, colors.Height, SubjectPixels);
        if (width < 16 || height < 16) return null;
        var small = AreaResize.Shrink(colors, width, height, cancellationToken);
        var picture = new Picture(width, height, PixelFormat.Rgb);
        for (var i = 0; i < width * height; i++)
        {
            picture.Samples[i * 3] = Byte(small.C0.Data[i]);
            picture.Samples[(i * 3) + 1] = Byte(small.C1.Data[i]);
            picture.Samples[(i * 3) + 2] = Byte(small.C2.Data[i]);
        }

        var mask = SubjectMask.Find(picture, null, cancellationToken);
        return mask.Confidence < LeastConfidence ? null : AreaResize.Bilinear(mask.Alpha, colors.Width, colors.Height, cancellationToken);
    }

    // Smooth, not too dark and not reddish, and joined to the upper border without crossing an edge.
    private static Plane? FindSky(ColorPlanes colors, Plane? subject, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.FitPixels(colors.Width, colors.Height, SkyPixels);
        if (width < 16 || height < 16) return null;
        var small = AreaResize.Shrink(colors, width, height, cancellationToken);
        var taken = subject is null ? null : AreaResize.Shrink(subject, width, height, cancellationToken);
        var energy = FlowField.Find(small, 1.2f, cancellationToken).Energy;
        var sky = new Plane(width, height);
        var open = new Stack<int>();
        for (var x = 0; x < width; x++) Visit(x);
        while (open.TryPop(out var i))
        {
            if (i % width > 0) Visit(i - 1);
            if (i % width < width - 1) Visit(i + 1);
            if (i >= width) Visit(i - width);
            if (i < (width * height) - width) Visit(i + width);
        }

        if (sky.Data.Average() < LeastSky) return null;
        var soft = GuidedFilter.Fit(small, sky, 6, 1e-3f, cancellationToken: cancellationToken).Apply(small);
        var clear = soft.Map(value => Math.Clamp((value * 1.2f) - 0.1f, 0, 1), cancellationToken);
        return AreaResize.Bilinear(clear, colors.Width, colors.Height, cancellationToken);

        void Visit(int i)
        {
            float r = small.C0.Data[i], g = small.C1.Data[i], b = small.C2.Data[i];
            if (sky.Data[i] > 0 || energy.Data[i] > 0.045f || taken?.Data[i] > 0.4f) return;
            if ((0.3f * r) + (0.6f * g) + (0.1f * b) < 0.25f || b < r * 0.93f || b < g * 0.9f) return;
            sky.Data[i] = 1;
            open.Push(i);
        }
    }

    private static byte Byte(float value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);
}

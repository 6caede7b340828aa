using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>A picture made ready to look for faces: reduced, as lightness and likeness to skin, with a pyramid to sample from.</summary>
internal sealed class FacePicture
{
    private const int Longest = 800;

    private readonly List<(Plane Lightness, Plane Skin, Plane Red)> _levels = [];

    private FacePicture(float scale, bool isGray) => (Scale, IsGray) = (scale, isGray);

    /// <summary>Pixels of the first level for a pixel of the picture, 0–1.</summary>
    public float Scale { get; }

    /// <summary>Whether there is no colour to go by.</summary>
    public bool IsGray { get; }

    /// <summary>The lightness at the largest size, 0–1.</summary>
    public Plane Lightness => _levels[0].Lightness;

    /// <summary>The likeness to skin at the largest size, 0–1.</summary>
    public Plane Skin => _levels[0].Skin;

    /// <summary>Prepares a picture.</summary>
    public static FacePicture From(Picture picture, CancellationToken cancellationToken)
    {
        var (width, height) = AreaResize.Fit(picture.Width, picture.Height, Longest);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        if (picture.HasAlpha)
        {
            // What lies under transparent pixels is nobody's face.
            var alpha = AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken);
            foreach (var plane in (Plane[])[rgb.C0, rgb.C1, rgb.C2])
                for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = (plane.Data[i] * alpha.Data[i]) + (0.5f * (1 - alpha.Data[i]));
        }

        var lab = CieLab.FromSrgb(rgb, cancellationToken);
        var skin = new Plane(width, height);
        double chroma = 0;
        for (var i = 0; i < skin.Data.Length; i++)
        {
            chroma += Math.Abs(lab.C1.Data[i]) + Math.Abs(lab.C2.Data[i]);
            skin.Data[i] = FaceColor.Likeness(lab.C0.Data[i], lab.C1.Data[i], lab.C2.Data[i]);
            lab.C0.Data[i] /= 100;
        }

        var result = new FacePicture((float)width / picture.Width, chroma / skin.Data.Length < 2.5);
        result._levels.Add((lab.C0, skin, lab.C1));
        while (Math.Min(width, height) >= 64)
        {
            (width, height) = (width / 2, height / 2);
            var (lightness, likeness, red) = result._levels[^1];
            result._levels.Add((
                AreaResize.Shrink(lightness, width, height, cancellationToken),
                AreaResize.Shrink(likeness, width, height, cancellationToken),
                AreaResize.Shrink(red, width, height, cancellationToken)));
        }

        return result;
    }

    /// <summary>The lightness turned about its middle and reduced, the corners filled by what is at the border.</summary>
    /// <param name="scale">Pixels of the first level for one of the result.</param>
    /// <param name="angle">The direction of the result's rows in the picture, in radians clockwise.</param>
    /// <param name="middle">The middle of the result, in pixels of the first level.</param>
    public Plane Turned(float scale, float angle, out Vector2 middle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        float wide = Lightness.Width, high = Lightness.Height;
        middle = new(wide / 2, high / 2);
        var result = new Plane(
            Math.Max(1, (int)MathF.Ceiling(((wide * cos) + (high * MathF.Abs(sin))) / scale)),
            Math.Max(1, (int)MathF.Ceiling(((high * cos) + (wide * MathF.Abs(sin))) / scale)));
        var read = ReaderFor(scale);
        for (var y = 0; y < result.Height; y++)
        {
            for (var x = 0; x < result.Width; x++)
            {
                Vector2 at = scale * (new Vector2(x + 0.5f, y + 0.5f) - (new Vector2(result.Width, result.Height) / 2));
                result[x, y] = read(middle + new Vector2((at.X * cos) - (at.Y * sin), (at.X * sin) + (at.Y * cos)));
            }
        }

        return result;
    }

    /// <summary>Reads the lightness at positions of the first level, from a level fine enough for such a step between them.</summary>
    public Func<Vector2, float> ReaderFor(float step)
    {
        // Between two levels, both are read and mixed.
        var depth = Math.Clamp(MathF.Log2(Math.Max(1, step)), 0, _levels.Count - 1);
        var fine = _levels[(int)depth].Lightness;
        var coarse = _levels[Math.Min((int)depth + 1, _levels.Count - 1)].Lightness;
        var share = depth - (int)depth;
        Vector2 toFine = Scaling(fine), toCoarse = Scaling(coarse);
        return at => ((1 - share) * Read(fine, at * toFine)) + (share * Read(coarse, at * toCoarse));

        Vector2 Scaling(Plane level) => new((float)level.Width / Lightness.Width, (float)level.Height / Lightness.Height);
    }

    /// <summary>Samples the face in a frame given in pixels of the first level.</summary>
    public FacePatch Sample(FaceFrame frame)
    {
        var index = Math.Clamp((int)MathF.Floor(MathF.Log2(frame.Unit / FacePatch.PixelsPerUnit)), 0, _levels.Count - 1);
        var (lightness, skin, red) = _levels[index];
        float scaleX = (float)lightness.Width / Lightness.Width, scaleY = (float)lightness.Height / Lightness.Height;
        var patch = new FacePatch(frame);
        for (var y = 0; y < FacePatch.Height; y++)
        {
            for (var x = 0; x < FacePatch.Width; x++)
            {
                var at = frame.ToPicture(FacePatch.At(x, y)) * new Vector2(scaleX, scaleY);
                patch.Lightness[x, y] = Read(lightness, at);
                patch.Skin[x, y] = Read(skin, at);
                patch.Red[x, y] = Read(red, at);
            }
        }

        return patch;
    }

    private static float Read(Plane plane, Vector2 at)
    {
        float x = Math.Clamp(at.X - 0.5f, 0, plane.Width - 1.001f), y = Math.Clamp(at.Y - 0.5f, 0, plane.Height - 1.001f);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, plane.Width - 1), bottom = Math.Min(top + 1, plane.Height - 1);
        float u = x - left, v = y - top;
        var above = plane[left, top] + (u * (plane[right, top] - plane[left, top]));
        var below = plane[left, bottom] + (u * (plane[right, bottom] - plane[left, bottom]));
        return above + (v * (below - above));
    }
}

/// <summary>A face sampled upright at a fixed size: 24 pixels between the eyes.</summary>
internal sealed class FacePatch(FaceFrame frame)
{
    public const float PixelsPerUnit = 24;
    public const int Width = 65;
    public const int Height = 73;

    // The point between the eyes.
    private const int OriginX = 32, OriginY = 26;

    /// <summary>Where the patch was sampled.</summary>
    public FaceFrame Frame => frame;

    /// <summary>Lightness, 0–1.</summary>
    public Plane Lightness { get; } = new(Width, Height);

    /// <summary>Likeness to skin, 0–1.</summary>
    public Plane Skin { get; } = new(Width, Height);

    /// <summary>CIE a*: how red.</summary>
    public Plane Red { get; } = new(Width, Height);

    /// <summary>The point of the face that a pixel of the patch shows.</summary>
    public static Vector2 At(float x, float y) => new((x - OriginX) / PixelsPerUnit, (y - OriginY) / PixelsPerUnit);

    /// <summary>The pixel of the patch that shows a point of the face.</summary>
    public static Vector2 Pixel(Vector2 at) => new((at.X * PixelsPerUnit) + OriginX, (at.Y * PixelsPerUnit) + OriginY);
}

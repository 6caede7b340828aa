using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Faces;

namespace PhotoStudio.Inference.Engines.Crop;

/// <summary>
/// Finds the place for a box over faces and over what stands out: by <see cref="SubjectCues"/> on a reduced picture, each pixel weighing
/// more the nearer it lies to the box's centre.
/// </summary>
internal static class SalientWindow
{
    private const int Longest = 200;
    private const int Superpixels = 250;

    // How much a pixel of a sure face weighs; what stands out most weighs 1.
    private const float FaceWeight = 6;

    // A place has to be better by so much than one nearer to the picture's centre.
    private const double Clearly = 1.001;

    /// <summary>The upper left corner of the box, in pixels.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="faces">The faces in it.</param>
    /// <param name="width">The box's width, 1 to the picture's.</param>
    /// <param name="height">The box's height, 1 to the picture's.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static (int X, int Y) Place(Picture picture, IReadOnlyList<FoundFace> faces, int width, int height, CancellationToken cancellationToken)
    {
        var (smallWidth, smallHeight) = AreaResize.Fit(picture.Width, picture.Height, Longest);
        var saliency = Saliency(picture, smallWidth, smallHeight, cancellationToken);
        foreach (var face in faces) Weigh(saliency, face, (float)smallWidth / picture.Width, (float)smallHeight / picture.Height);
        int boxWidth = Math.Clamp((int)Math.Round((double)width * smallWidth / picture.Width), 1, smallWidth);
        int boxHeight = Math.Clamp((int)Math.Round((double)height * smallHeight / picture.Height), 1, smallHeight);
        var (x, y) = Best(Scores(saliency, boxWidth, boxHeight));
        return (Full(x, smallWidth - boxWidth, picture.Width - width), Full(y, smallHeight - boxHeight, picture.Height - height));

        static int Full(int position, int room, int fullRoom) =>
            room == 0 ? fullRoom / 2 : (int)Math.Round((double)position * fullRoom / room);
    }

    private static void Weigh(Plane saliency, FoundFace face, float scaleX, float scaleY)
    {
        var box = face.Box;
        int right = (int)((box.X + box.Width) * scaleX), bottom = (int)((box.Y + box.Height) * scaleY);
        for (var y = (int)(box.Y * scaleY); y <= Math.Min(bottom, saliency.Height - 1); y++)
            for (var x = (int)(box.X * scaleX); x <= Math.Min(right, saliency.Width - 1); x++) saliency[x, y] += FaceWeight * (float)face.Score;
    }

    private static Plane Saliency(Picture picture, int width, int height, CancellationToken cancellationToken)
    {
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var lab = CieLab.FromSrgb(rgb, cancellationToken);
        var regions = SlicSuperpixels.Compute(lab, Superpixels, cancellationToken: cancellationToken);
        var sharpness = SharpnessMap.Compute(rgb.C1, 4, cancellationToken).Ratio;
        var odds = SubjectCues.LogOdds(lab, regions, sharpness, hueWeight: 1, freeFrame: false, cancellationToken);
        var result = regions.Spread([.. odds.Select(MaskQuality.Sigmoid)]);
        if (!picture.HasAlpha) return result;

        var alpha = AreaResize.FromPicture(picture, picture.Channels - 1, width, height, cancellationToken);
        for (var i = 0; i < result.Data.Length; i++) result.Data[i] *= alpha.Data[i];
        return result;
    }

    /// <summary>The weighted saliency of the box at every place; the weights fall off to its edges as parabolas.</summary>
    private static Plane Scores(Plane saliency, int boxWidth, int boxHeight)
    {
        float[] across = Weights(boxWidth), along = Weights(boxHeight);
        var rows = new Plane(saliency.Width - boxWidth + 1, saliency.Height);
        for (var y = 0; y < rows.Height; y++)
        {
            for (var x = 0; x < rows.Width; x++)
                for (var i = 0; i < boxWidth; i++) rows[x, y] += across[i] * saliency[x + i, y];
        }

        var scores = new Plane(rows.Width, saliency.Height - boxHeight + 1);
        for (var y = 0; y < scores.Height; y++)
        {
            for (var i = 0; i < boxHeight; i++)
                for (var x = 0; x < scores.Width; x++) scores[x, y] += along[i] * rows[x, y + i];
        }

        return scores;
    }

    private static float[] Weights(int length)
    {
        var weights = new float[length];
        for (var i = 0; i < length; i++)
        {
            var t = ((i + 0.5f) * 2 / length) - 1;
            weights[i] = 1 - (0.8f * t * t);
        }

        return weights;
    }

    private static (int X, int Y) Best(Plane scores)
    {
        int centerX = (scores.Width - 1) / 2, centerY = (scores.Height - 1) / 2;
        var (best, found) = (scores[centerX, centerY], (centerX, centerY));
        var places =
            from y in Enumerable.Range(0, scores.Height)
            from x in Enumerable.Range(0, scores.Width)
            orderby ((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY))
            select (x, y);
        foreach (var (x, y) in places)
        {
            if (scores[x, y] <= best * Clearly) continue;
            (best, found) = (scores[x, y], (x, y));
        }

        return found;
    }
}

using System.Collections.Concurrent;
using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>Looks through a picture at every place, size and tilt with <see cref="FaceWindow"/>.</summary>
internal static class FaceSearch
{
    // Eyes this far apart at least: in pixels of the reduced picture, and as a part of its longer side.
    private const float SmallestUnit = 12;
    private const float SmallestShare = 0.045f;

    private const float StepOfUnit = 1.12f;

    // Pixels from one grid of cells to the next.
    private const int GridStep = 2;

    // Logarithm of the odds from which a window is kept for a closer look, and by how much less its neighbours' windows may have.
    private const float LeastScore = -1.5f, Beside = 2.5f;

    private const int MostWindows = 3_000, MostPlaces = 60;

    // The picture is turned by these angles, in radians, to find heads that are tilted.
    private static readonly float[] Tilts = [0, -0.21f, 0.21f];

    /// <summary>The places that look most like a face, the best first, each the mean of what was found around it.</summary>
    public static List<(float Score, FaceFrame Frame)> Run(FacePicture picture, FaceWindow window, CancellationToken cancellationToken)
    {
        int width = picture.Lightness.Width, height = picture.Lightness.Height;
        List<(float Unit, float Tilt)> views = [];
        for (var unit = Math.Max(SmallestUnit, SmallestShare * Math.Max(width, height)); unit * 2.2f < Math.Min(width, height); unit *= StepOfUnit)
            views.AddRange(Tilts.Select(tilt => (unit, tilt)));
        var found = new ConcurrentBag<(float Score, FaceFrame Frame)>();
        RowBands.Run(views.Count, (first, end) =>
        {
            foreach (var (unit, tilt) in views[first..end]) Look(picture, window, unit, tilt, found, cancellationToken);
        }, cancellationToken);
        return Gathered([.. found.OrderByDescending(place => place.Score).ThenBy(place => place.Frame.Origin.X).ThenBy(place => place.Frame.Origin.Y).Take(MostWindows)]);
    }

    /// <summary>The score of the window that a frame fills.</summary>
    public static float ScoreAt(FacePicture picture, FaceWindow window, FaceFrame frame)
    {
        // Two cells around the window count for its normalisation.
        const int Margin = 2 * OrientedGradients.CellSide;
        var patch = new Plane(
            (FaceWindow.Across * OrientedGradients.CellSide) + (2 * Margin), (FaceWindow.Down * OrientedGradients.CellSide) + (2 * Margin));
        var read = picture.ReaderFor(frame.Unit / FaceWindow.Unit);
        for (var y = 0; y < patch.Height; y++)
        {
            for (var x = 0; x < patch.Width; x++)
                patch[x, y] = read(frame.ToPicture((new Vector2(x + 0.5f - Margin, y + 0.5f - Margin) - FaceWindow.EyesMiddle) / FaceWindow.Unit));
        }

        return window.Score(OrientedGradients.Of(patch), 2, 2);
    }

    private static void Look(
        FacePicture picture, FaceWindow window, float unit, float tilt, ConcurrentBag<(float Score, FaceFrame Frame)> found, CancellationToken cancellationToken)
    {
        var level = picture.Turned(unit / FaceWindow.Unit, tilt, out var middle);
        var (sin, cos) = MathF.SinCos(tilt);
        Vector2 across = new(cos, sin), down = new(-sin, cos);
        var scale = unit / FaceWindow.Unit;
        var grids = OrientedGradients.Grids(level, GridStep, cancellationToken);
        for (var i = 0; i < grids.Count; i++)
        {
            const int Columns = OrientedGradients.CellSide / GridStep;
            var shift = GridStep * new Vector2(i % Columns, i / Columns);
            for (var y = 0; y + FaceWindow.Down <= grids[i].Height; y++)
            {
                for (var x = 0; x + FaceWindow.Across <= grids[i].Width; x++)
                {
                    var score = window.Score(grids[i], x, y);
                    if (score < LeastScore) continue;
                    var at = shift + (OrientedGradients.CellSide * new Vector2(x, y)) + FaceWindow.EyesMiddle - (new Vector2(level.Width, level.Height) / 2);
                    found.Add((score, new(middle + (scale * ((at.X * across) + (at.Y * down))), unit * across)));
                }
            }
        }
    }

    private static List<(float Score, FaceFrame Frame)> Gathered(List<(float Score, FaceFrame Frame)> windows)
    {
        List<(float Score, FaceFrame Frame)> places = [];
        foreach (var (score, frame) in windows)
        {
            if (places.Count == MostPlaces) break;
            if (places.Exists(place => Near(place.Frame, frame))) continue;
            Vector2 origin = default, across = default;
            float sum = 0;
            foreach (var other in windows)
            {
                if (other.Score < score - Beside || !Near(frame, other.Frame)) continue;
                var weight = MathF.Exp(other.Score - score);
                (origin, across, sum) = (origin + (weight * other.Frame.Origin), across + (weight * other.Frame.Across), sum + weight);
            }

            places.Add((score, new(origin / sum, across / sum)));
        }

        return places;
    }

    private static bool Near(FaceFrame one, FaceFrame other) =>
        Vector2.Distance(one.Origin, other.Origin) < 0.5f * Math.Max(one.Unit, other.Unit) && one.Unit / other.Unit is > 0.6f and < 1.67f;
}

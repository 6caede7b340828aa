using PhotoStudio.Imaging;
using PhotoStudio.Inference.Engines.Generate.Painting;
using PhotoStudio.Inference.Engines.Generate.Reading;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>The last steps of a picture: halo, tones, development, style.</summary>
internal static class Finishing
{
    /// <summary>The finished picture.</summary>
    public static Picture Apply(SceneView view, SceneOrder order, CancellationToken cancellationToken)
    {
        Development.Halo(view, 0.5f, cancellationToken);
        return Development.Develop(view, 0.25f, 0.16f, 1.2f, cancellationToken);
    }
}

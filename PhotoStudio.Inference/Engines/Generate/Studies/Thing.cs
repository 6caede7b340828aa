using System.Numerics;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>A thing at a place in a scene.</summary>
/// <param name="Across">To the right of the view's middle.</param>
/// <param name="Height">Of its foot, or of itself when it flies.</param>
/// <param name="Away">Distance along the view.</param>
/// <param name="Size">How large one of its own units is.</param>
/// <param name="Draw">Paints it; called again for its mirror image, so it must paint the same every time.</param>
internal sealed record Thing(float Across, float Height, float Away, float Size, Action<SceneBrush> Draw)
{
    /// <summary>Whether it faces left.</summary>
    public bool FacesLeft { get; init; }

    /// <summary>Paints it into the view.</summary>
    public void Paint(SceneView view, Camera camera, Air air) => Draw(Brush(view, camera, air, camera.Project(Across, Height, Away), false));

    /// <summary>Paints it upside down into the mirror of the water.</summary>
    public void PaintMirrored(SceneView mirror, Camera camera, Air air, float water)
    {
        var place = new Vector2(camera.Center + (camera.Focal * Across / Away), camera.Horizon + (camera.Focal * (Height - (2 * water) + 1) / Away));
        Draw(Brush(mirror, camera, air, place, true));
    }

    private SceneBrush Brush(SceneView view, Camera camera, Air air, Vector2 place, bool reflected) => new(view, place, camera.Focal * Size / Away)
    {
        // A little nearer than its place, so that the ground it stands on does not hide its foot.
        Away = Away * 0.975f,
        Haze = air.Cover(Away, Height),
        Air = air.Color((int)place.X),
        Reflected = reflected,
        Mirrored = FacesLeft,
    };
}

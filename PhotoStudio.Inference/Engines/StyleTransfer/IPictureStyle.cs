using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer;

/// <summary>Paints pictures in one style. Every class of this assembly that implements this is in <see cref="StyleCatalog"/>.</summary>
internal interface IPictureStyle
{
    /// <summary>Which style.</summary>
    PictureStyle Style { get; }

    /// <summary>Paints.</summary>
    /// <returns>sRGB, of the canvas's size; values beyond 0–1 are cut off.</returns>
    ColorPlanes Paint(StyleCanvas canvas);
}

using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>Cartoon: flattened colours whose brightness comes in soft steps, with bold outlines (Winnemöller, Olsen, Gooch 2006).</summary>
internal sealed class CartoonStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Cartoon;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flat = canvas.Abstracted(6, rounds: 2, sharpness: 12);
        canvas.Report(0.6);
        var lines = canvas.Contours(1.5f, 6, 17, 14);
        canvas.Report(0.85);
        return canvas.Paint((_, _, i) =>
        {
            var color = flat.At(i);
            var luma = Tints.Luma(color);
            var stepped = Tints.Steps(MathF.Pow(luma, 0.85f), 6, 9);
            color = Tints.Saturate(Tints.WithLuma(color, stepped), 1.45f);
            return Vector3.Lerp(Tints.Hex(0x120E14), Tints.Clamp(color), lines.Data[i]);
        });
    }
}

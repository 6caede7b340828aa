using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Cyanotype: a contact print in Prussian blue. The paper keeps its fibres, the coating its brush marks and ragged border (process of
/// Herschel, 1842).
/// </summary>
internal sealed class CyanotypeStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Cyanotype;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var tones = canvas.Spread(canvas.Blurred(canvas.Luma, 0.5f), 0.005f, 0.995f);
        canvas.Report(0.3);
        var paper = new PaperTexture(canvas.Random("paper"), canvas.Units(1.7f));
        var coat = canvas.Noise("coat");
        Hatching brush = new(canvas.Random("brush"), canvas.Units(7), canvas.Units(160, 8), 3);
        float frame = canvas.Units(46, 0), far = 1 / canvas.Units(260), near = 1 / canvas.Units(30);
        Vector3 deep = Tints.Hex(0x05204A), blue = Tints.Hex(0x14508C), pale = Tints.Hex(0x9FC3DA), sheet = Tints.Hex(0xF3F1E6);
        return canvas.Paint((x, y, i) =>
        {
            float tooth = paper.Tooth(x, y), marks = brush.At(x, y) - 0.5f;
            var iron = 1 - MathF.Pow(tones.Data[i], 0.9f);
            iron *= 1 + (0.1f * coat.At(x * far, y * far)) + (0.07f * marks) + (0.09f * tooth);
            iron = Math.Clamp(iron, 0.02f, 1);
            var color = iron < 0.3f ? Vector3.Lerp(sheet, pale, iron / 0.3f)
                : iron < 0.68f ? Vector3.Lerp(pale, blue, (iron - 0.3f) / 0.38f)
                : Vector3.Lerp(blue, deep, (iron - 0.68f) / 0.32f);
            float side = Math.Min(x, canvas.Width - 1 - x), end = Math.Min(y, canvas.Height - 1 - y);
            var ragged = frame * (0.5f + (0.25f * coat.At(x * near, y * near)) + (0.5f * marks));
            var coated = Tints.Smooth(-0.08f * frame, 0.16f * frame, Math.Min(side - (ragged * 1.2f), end - (ragged * 0.7f)));
            return Vector3.Lerp(sheet, color, frame > 0 ? coated : 1) * (1 + (0.02f * tooth));
        });
    }
}

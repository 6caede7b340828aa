using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Pop art: tones become loud flat inks, one set of which the seed chooses, with dots where two meet and black contours.
/// </summary>
internal sealed class PopArtStyle : IPictureStyle
{
    // From dark to light.
    private static readonly int[][] Sets =
    [
        [0x1B1464, 0xD4145A, 0xFF5A36, 0xFFD23F, 0xFFF6D6],
        [0x14213D, 0x0077B6, 0xFF3D7F, 0xFFC300, 0xFDFBF1],
        [0x2B0A3D, 0x7B2CBF, 0x00B4A0, 0xF9F871, 0xFFFDF0],
        [0x10002B, 0xE01E37, 0x2EC4B6, 0xFFBF69, 0xFFF8E8],
    ];

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.PopArt;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flat = canvas.LumaOf(canvas.Abstracted(6, rounds: 2, sharpness: 12));
        canvas.Report(0.6);
        var tones = canvas.Spread(canvas.Blurred(flat, 1.2f), 0.01f, 0.99f);
        var contours = canvas.Contours(1.9f, 6, 16, 14);
        canvas.Report(0.85);
        var inks = Array.ConvertAll(canvas.Random("pop").Pick(Sets), Tints.Hex);
        var screen = new Halftone(canvas.Units(11, 3), 30);
        return canvas.Paint((x, y, i) =>
        {
            // Below the middle of a step its ink is solid; above, dots of the next one grow into it.
            var position = Math.Clamp(tones.Data[i], 0, 0.9999f) * (inks.Length - 1);
            var step = (int)position;
            var within = position - step;
            var dots = within is > 0.3f and < 0.72f ? screen.Dot(x, y, (within - 0.3f) / 0.42f) : within < 0.5f ? 0 : 1;
            var color = Vector3.Lerp(inks[step], inks[step + 1], dots);
            return Vector3.Lerp(Tints.Hex(0x0C0A10), color, contours.Data[i]);
        });
    }
}

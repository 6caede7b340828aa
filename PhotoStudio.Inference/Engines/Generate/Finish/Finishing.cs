using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;
using PhotoStudio.Inference.Engines.Generate.Reading;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>The last steps of a picture: the colours that the prompt wishes, halo, development, style.</summary>
internal static class Finishing
{
    /// <summary>The finished picture.</summary>
    public static Picture Apply(SceneView view, SceneOrder order, CancellationToken cancellationToken)
    {
        var lit = order.Kind is SceneKind.Landscape or SceneKind.Space or SceneKind.StillLife;
        if (lit) Development.Halo(view, 0.5f, cancellationToken);
        Grade(view, order.Brief, cancellationToken);
        var film = order.Style == PaintingStyle.Photorealistic;
        var picture = Development.Develop(view, lit ? 0.3f : 0.1f, lit ? film ? 0.26f : 0.17f : 0.05f, film ? 3.2f : 1.2f, cancellationToken);
        return Styled(picture, order, cancellationToken);
    }

    private static Picture Styled(Picture picture, SceneOrder order, CancellationToken cancellationToken)
    {
        if (order.Style is PaintingStyle.Auto or PaintingStyle.Photorealistic) return picture;
        var random = order.Brief.Random("style");
        var sheet = new PaintedSheet(picture);
        sheet = order.Style switch
        {
            PaintingStyle.DigitalArt => sheet.Map((_, _, color) => PrintStyles.Vivid(color, 1.22f), cancellationToken),
            PaintingStyle.OilPainting => BrushStyles.Strokes(sheet, [0.016f, 0.008f, 0.0036f], 2.6f, 0.7f, random, cancellationToken),
            PaintingStyle.Impressionist => BrushStyles.Strokes(sheet, [0.014f, 0.0078f], 2.1f, 1.7f, random, cancellationToken),
            PaintingStyle.Pointillist => BrushStyles.Dots(sheet, random, cancellationToken),
            PaintingStyle.Watercolor => BrushStyles.Washes(sheet, random, cancellationToken),
            PaintingStyle.Ink => BrushStyles.Ink(sheet, random, cancellationToken),
            PaintingStyle.Pencil => BrushStyles.Pencil(sheet, random, cancellationToken),
            PaintingStyle.PopArt => PrintStyles.PopArt(sheet, cancellationToken),
            PaintingStyle.Anime => PrintStyles.Anime(sheet, cancellationToken),
            PaintingStyle.UkiyoE => PrintStyles.Woodblock(sheet, random, cancellationToken),
            PaintingStyle.PixelArt => PrintStyles.Pixels(sheet, cancellationToken),
            PaintingStyle.LowPoly => PrintStyles.Triangles(sheet, random, cancellationToken),
            PaintingStyle.Mosaic => PrintStyles.Mosaic(sheet, random, cancellationToken),
            PaintingStyle.Vintage => PrintStyles.Vintage(sheet, random, cancellationToken),
            PaintingStyle.Neon => PrintStyles.Neon(sheet, cancellationToken),
            PaintingStyle.Minimalist => PrintStyles.Minimal(sheet, cancellationToken),
            PaintingStyle.PaperCut => PrintStyles.PaperCut(sheet, random, cancellationToken),
            _ => throw new InvalidOperationException($"There is no finish for {order.Style}."),
        };
        return sheet.ToPicture();
    }

    /// <summary>Brings the colours to what the prompt says of the whole: pastel, vivid, dark, warm, without colour.</summary>
    private static void Grade(SceneView view, SceneBrief brief, CancellationToken cancellationToken)
    {
        bool Wants(string tone) => brief.Palette.Contains(tone, StringComparer.Ordinal) || brief.Shows.Contains(tone);
        var strength = Wants("monochrome") || Wants("sepia") ? 0 : Wants("vivid") ? 1.35f : Wants("pastel") ? 0.62f : Wants("muted") ? 0.55f : 1;
        if (brief.Has("lonely")) strength *= 0.75f;
        var gain = Wants("dark") ? 0.5f : Wants("bright") ? 1.25f : Wants("pastel") ? 1.12f : 1;
        var tint = Vector3.One;
        if (Wants("warm")) tint = new(1.14f, 1, 0.8f);
        if (Wants("cool")) tint = new(0.84f, 0.98f, 1.18f);
        if (Wants("sepia")) tint = new(1.12f, 0.95f, 0.68f);
        var milk = Wants("pastel") ? 0.16f : 0;
        if (strength == 1 && gain == 1 && tint == Vector3.One && milk == 0) return;
        RowBands.Run(
            view.Height,
            (first, end) =>
            {
                for (var i = first * view.Width; i < end * view.Width; i++)
                {
                    var color = Tone.Saturate(view.Color[i], strength) * (tint * gain);
                    view.Color[i] = Vector3.Lerp(color, new(0.78f, 0.76f, 0.75f), milk);
                }
            },
            cancellationToken);
    }
}

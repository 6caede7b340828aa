using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges by <see cref="BackProjection"/>.</summary>
internal sealed class BackProjectionEnlarger : LumaEnlarger
{
    /// <inheritdoc/>
    public override int Reach => BackProjection.Reach;

    /// <inheritdoc/>
    public override int TileFor(double scale) => 1_024;

    /// <inheritdoc/>
    public override Plane Enlarge(Plane luma, Plane bicubic, TileSide columns, TileSide rows, CancellationToken cancellationToken) =>
        BackProjection.Enlarge(
            luma, bicubic, (columns.Grow, rows.Grow), (Shrink(columns), Shrink(rows)), (columns.Nearest(), rows.Nearest()), cancellationToken);

    private static BicubicTaps Shrink(TileSide side) => BicubicTaps.For(side.Target, side.Source, side.To, side.From);
}

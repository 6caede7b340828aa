using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Upscale;

/// <summary>Enlarges the luma of a tile with more detail than interpolation gives.</summary>
internal abstract class LumaEnlarger
{
    /// <summary>How far from a value others have influence on it, in source pixels: tiles overlap by it.</summary>
    public abstract int Reach { get; }

    /// <summary>The side of a tile, in pixels of the result.</summary>
    /// <param name="scale">How many times as wide and as high the result is.</param>
    public abstract int TileFor(double scale);

    /// <summary>Enlarges a tile.</summary>
    /// <param name="luma">The source's window, 0–255.</param>
    /// <param name="bicubic">The same, enlarged by bicubic interpolation.</param>
    /// <param name="columns">How the columns are cut.</param>
    /// <param name="rows">How the rows are cut.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>As large as <paramref name="bicubic"/>.</returns>
    public abstract Plane Enlarge(Plane luma, Plane bicubic, TileSide columns, TileSide rows, CancellationToken cancellationToken);
}

using System.Numerics;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// The first guess, on the smallest level: the hole is filled from its border inwards, each pixel from the known patch that agrees
/// best with what is known or filled around it (Efros, Leung, "Texture Synthesis by Non-parametric Sampling", ICCV 1999).
/// </summary>
internal static class OnionPeel
{
    /// <summary>Fills the hole and leaves the best match of every target that was looked at.</summary>
    public static void Fill(CompletionLevel level, CancellationToken cancellationToken)
    {
        var filled = new bool[level.Match.Length];
        for (var i = 0; i < filled.Length; i++) filled[i] = !level.Hole.Data[i];
        var pixels = Enumerable.Range(0, filled.Length).Where(i => level.Hole.Data[i])
            .OrderBy(i => MathF.Ceiling(level.Depth.Data[i])).ThenBy(i => i).ToArray();
        for (var begin = 0; begin < pixels.Length;)
        {
            var ring = MathF.Ceiling(level.Depth.Data[pixels[begin]]);
            var end = begin;
            while (end < pixels.Length && MathF.Ceiling(level.Depth.Data[pixels[end]]) == ring) end++;
            var layer = pixels.AsMemory(begin, end - begin);
            var values = new Vector4[layer.Length];
            RowBands.ForEach(layer.Length, k => values[k] = Guess(level, filled, layer.Span[k]), cancellationToken);
            for (var k = 0; k < layer.Length; k++)
            {
                for (var c = 0; c < PatchImage.Channels; c++)
                    level.Image.Samples[(layer.Span[k] * PatchImage.Channels) + c] = (byte)(values[k][c] + 0.5f);
            }

            foreach (var pixel in layer.Span) filled[pixel] = true;
            begin = end;
        }
    }

    private static Vector4 Guess(CompletionLevel level, bool[] filled, int pixel)
    {
        // A patch that would reach beyond the image is moved inwards.
        int width = level.Width, y = pixel / width, x = pixel - (y * width);
        int cx = Math.Clamp(x, PatchImage.Reach, width - 1 - PatchImage.Reach), cy = Math.Clamp(y, PatchImage.Reach, level.Height - 1 - PatchImage.Reach);
        var center = (cy * width) + cx;
        Span<int> known = stackalloc int[PatchImage.Side * PatchImage.Side];
        var count = 0;
        for (var dy = -PatchImage.Reach; dy <= PatchImage.Reach; dy++)
        {
            for (var dx = -PatchImage.Reach; dx <= PatchImage.Reach; dx++)
                if (filled[center + (dy * width) + dx]) known[count++] = (dy * width) + dx;
        }

        int match = level.Sources[0], cost = int.MaxValue;
        foreach (var source in level.Sources)
        {
            var distance = level.Image.KnownDistance(center, source, known[..count], cost);
            if (distance < cost) (match, cost) = (source, distance);
        }

        if (center == pixel) level.Match[center] = match;
        var at = (match + pixel - center) * PatchImage.Channels;
        var samples = level.Image.Samples;
        return new(samples[at], samples[at + 1], samples[at + 2], samples[at + 3]);
    }
}

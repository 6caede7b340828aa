using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class DenoisingTests
{
    [Fact]
    public void The_block_transform_is_the_cosine_transform_by_its_definition_and_undoes_itself()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 64).Select(_ => (random.NextSingle() * 200) - 100)];
        var block = MemoryMarshal.Cast<float, Vector256<float>>((float[])values.Clone()).ToArray();

        BlockDct.Forward(ref block[0]);

        for (var u = 0; u < 8; u++)
        {
            for (var v = 0; v < 8; v++)
            {
                double sum = 0;
                for (var i = 0; i < 64; i++)
                    sum += values[i] * Math.Cos(((2 * (i % 8)) + 1) * u * Math.PI / 16) * Math.Cos(((2 * (i / 8)) + 1) * v * Math.PI / 16);
                sum *= (u == 0 ? Math.Sqrt(0.125) : 0.5) * (v == 0 ? Math.Sqrt(0.125) : 0.5);
                ((double)block[u][v]).ShouldBe(sum, 1e-3);
            }
        }

        BlockDct.Inverse(ref block[0]);
        for (var i = 0; i < 64; i++) block[i / 8][i % 8].ShouldBe(values[i], 1e-4f);
    }

    [Theory]
    [InlineData(60, 44, 20, 12, 10)]
    [InlineData(60, 44, 52, 36, 10)]
    [InlineData(9, 8, 1, 0, 12)]
    public void Block_matching_finds_what_looking_at_every_block_finds(int width, int height, int x, int y, int radius)
    {
        var plane = new Plane(width, height, [.. TestPictures.Static(width, height, 7, PixelFormat.Gray).Samples.Select(sample => (float)sample)]);
        var all = (
            from top in Enumerable.Range(0, height - 7)
            from left in Enumerable.Range(0, width - 7)
            where Math.Abs(top - y) <= radius && Math.Abs(left - x) <= radius
            orderby Distance(left, top)
            select (top * width) + left).ToArray();

        var matching = new BlockMatching(plane, radius, 16);
        var count = matching.Find(x, y, float.MaxValue);

        count.ShouldBe(Math.Min(16, all.Length));
        matching.Found(count).ToArray().ShouldBe(all[..count]);
        matching.Find(x, y, 1).ShouldBe(1);

        double Distance(int left, int top)
        {
            double sum = 0;
            for (var i = 0; i < 64; i++) sum += Math.Pow(plane[left + (i % 8), top + (i / 8)] - plane[x + (i % 8), y + (i / 8)], 2);
            return sum;
        }
    }

    [Fact]
    public void Bm3d_gives_back_a_plane_without_noise()
    {
        var plane = new Plane(40, 30, [.. TestPictures.Texture(40, 30, 2, PixelFormat.Gray).Samples.Select(sample => (float)sample)]);

        var result = Bm3d.Denoise([plane], [0]).ShouldHaveSingleItem();

        for (var i = 0; i < plane.Data.Length; i++) result.Data[i].ShouldBe(plane.Data[i], 0.01f);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(30)]
    public void The_noise_level_of_a_picture_with_texture_is_found(double sigma)
    {
        var random = new Random(3);
        var plane = new Plane(256, 256, [.. TestPictures.Photo(256, 256, 9).As(PixelFormat.Gray).Samples.Select(sample =>
            (float)(sample + (sigma * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))]);

        ((double)NoiseLevel.Estimate([plane])[0]).ShouldBe(sigma, 0.12 * sigma + 0.3);
    }

    [Fact]
    public void Opponent_colours_are_orthonormal_and_go_back()
    {
        var picture = TestPictures.Static(5, 4, 1);
        var planes = OpponentColors.From(picture, 0, 0, 5, 4);
        for (var i = 0; i < 20; i++)
        {
            var (r, g, b) = OpponentColors.ToRgb(planes[0].Data[i], planes[1].Data[i], planes[2].Data[i]);
            r.ShouldBe(picture.Samples[i * 3], 1e-3f);
            g.ShouldBe(picture.Samples[(i * 3) + 1], 1e-3f);
            b.ShouldBe(picture.Samples[(i * 3) + 2], 1e-3f);
            var length = planes.Sum(plane => plane.Data[i] * plane.Data[i]);
            length.ShouldBe((r * r) + (g * g) + (b * b), 1);
        }

        // Outside, the picture is mirrored.
        OpponentColors.From(picture.As(PixelFormat.Gray), -2, -1, 9, 6)[0][0, 0].ShouldBe(picture.As(PixelFormat.Gray).Row(1)[2]);
    }
}

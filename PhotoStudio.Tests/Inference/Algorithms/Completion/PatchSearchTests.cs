using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Completion;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms.Completion;

public sealed class PatchSearchTests
{
    [Fact]
    public void The_distance_of_two_patches_is_the_sum_of_their_squared_differences()
    {
        var image = new PatchImage(23, 19);
        new Random(4).NextBytes(image.Samples);
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            int ax = random.Next(3, 20), ay = random.Next(3, 16), bx = random.Next(3, 20), by = random.Next(3, 16), expected = 0;
            for (var dy = -3; dy <= 3; dy++)
            {
                for (var k = -12; k < 16; k++)
                {
                    var difference = image.Samples[((((ay + dy) * 23) + ax) * 4) + k] - image.Samples[((((by + dy) * 23) + bx) * 4) + k];
                    expected += difference * difference;
                }
            }

            image.Distance((ay * 23) + ax, (by * 23) + bx, int.MaxValue).ShouldBe(expected);
            image.Distance((ay * 23) + ax, (by * 23) + bx, expected).ShouldBeLessThanOrEqualTo(Math.Max(expected, image.Distance((ay * 23) + ax, (by * 23) + bx, expected)));
        }
    }

    [Fact]
    public void Targets_are_the_patches_that_touch_the_hole_and_sources_those_that_do_not()
    {
        var level = Level(TestPictures.Texture(40, 36, seed: 1), seed: 3);
        for (var y = 0; y < 36; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                var inside = level.Image.HoldsPatch(x, y);
                var touches = inside && Enumerable.Range(-3, 7).Any(dy => Enumerable.Range(-3, 7).Any(dx => level.Hole[x + dx, y + dy]));
                level.Targets[y].Contains((y * 40) + x).ShouldBe(touches, $"target ({x}, {y})");
                level.IsSource[(y * 40) + x].ShouldBe(inside && !touches, $"source ({x}, {y})");
            }
        }

        level.Sources.Length.ShouldBe(level.IsSource.Count(source => source));
    }

    [Fact]
    public void The_search_finds_matches_nearly_as_good_as_trying_every_patch()
    {
        var level = Level(TestPictures.Texture(96, 80, seed: 2), seed: 7);
        PatchSearch.Start(level, 1, CancellationToken.None);
        for (var sweep = 0; sweep < 8; sweep++) PatchSearch.Sweep(level, sweep % 2 == 0, 96, (uint)sweep, CancellationToken.None);

        double found = 0, best = 0;
        foreach (var target in level.Targets.SelectMany(row => row))
        {
            level.Cost[target].ShouldBe(level.Image.Distance(target, level.Match[target], int.MaxValue));
            found += level.Cost[target];
            best += level.Sources.Min(source => level.Image.Distance(target, source, int.MaxValue));
        }

        best.ShouldBeGreaterThan(0);
        (found / best).ShouldBeLessThan(1.25);
    }

    [Fact]
    public void Matches_do_not_depend_on_the_number_of_threads()
    {
        var alone = Matches(1);
        Matches(3).ShouldBe(alone);

        static int[] Matches(int cores)
        {
            using var limit = RowBands.LimitTo(cores);
            var level = Level(TestPictures.Texture(96, 80, seed: 2), seed: 7);
            PatchSearch.Start(level, 1, CancellationToken.None);
            for (var sweep = 0; sweep < 4; sweep++) PatchSearch.Sweep(level, sweep % 2 == 0, 96, (uint)sweep, CancellationToken.None);
            return level.Match;
        }
    }

    private static CompletionLevel Level(Picture picture, int seed)
    {
        var hole = new PixelMask(picture.Width, picture.Height);
        var random = new Random(seed);
        int left = random.Next(picture.Width / 2), top = random.Next(picture.Height / 2);
        for (var y = top; y < top + (picture.Height / 4); y++) hole.Data.AsSpan((y * picture.Width) + left, picture.Width / 4).Fill(true);
        var usable = CompletionInput.Usable(picture, hole, 0, 0);
        return new(CompletionInput.Read(picture, hole, usable, 0, 0, CancellationToken.None), hole, usable, float.PositiveInfinity, CancellationToken.None);
    }
}

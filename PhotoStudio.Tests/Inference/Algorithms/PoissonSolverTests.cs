using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class PoissonSolverTests
{
    [Theory]
    [InlineData(9, 7, 0f, 1)]
    [InlineData(12, 12, 0.05f, 2)]
    [InlineData(17, 5, 0f, 3)]
    [InlineData(1, 14, 0f, 4)]
    [InlineData(21, 20, 0.001f, 5)]
    public void It_solves_what_elimination_solves(int width, int height, float screening, int seed)
    {
        var random = new Random(seed);
        var unknown = new PixelMask(width, height);
        for (var i = 1; i < unknown.Data.Length; i++) unknown.Data[i] = random.NextDouble() < 0.8;
        float[] right = [.. unknown.Data.Select(_ => 0.2f + random.NextSingle())], below = [.. unknown.Data.Select(_ => 0.2f + random.NextSingle())];
        Vector4[] sides = [.. unknown.Data.Select(_ => new Vector4(random.NextSingle(), -random.NextSingle(), 100 * random.NextSingle(), 0))];

        var solved = new PoissonSolver(unknown, (i, down) => down ? below[i] : right[i], screening).Solve(sides, 1e-6);

        var exact = Eliminate(unknown, right, below, screening, sides);
        for (var i = 0; i < solved.Length; i++)
            for (var c = 0; c < 4; c++) solved[i][c].ShouldBe(exact[i][c], 1e-3f * (1 + Math.Abs(exact[i][c])), $"pixel {i}, seed {seed}");
    }

    [Fact]
    public void A_large_hole_is_solved_to_the_accuracy_asked_for()
    {
        // A harmonic function is its own continuation.
        const int Side = 257;
        var hole = new PixelMask(Side, Side);
        for (var y = 1; y < Side - 1; y++) hole.Data.AsSpan((y * Side) + 1, Side - 2).Fill(true);
        static float Harmonic(int x, int y) => ((x * x) - (y * y)) / 100f + (0.3f * x) - (0.7f * y);
        Vector4[] colors = [.. Enumerable.Range(0, Side * Side).Select(i => hole.Data[i] ? Vector4.Zero : new Vector4(Harmonic(i % Side, i / Side)))];

        var filled = DiffusionFill.Fill(colors, hole, _ => true);

        for (var i = 0; i < filled.Length; i++) filled[i].X.ShouldBe(Harmonic(i % Side, i / Side), 0.5f);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        var hole = new PixelMask(150, 140);
        for (var y = 20; y < 120; y++) hole.Data.AsSpan((y * 150) + 10, 130).Fill(true);
        Vector4[] colors = [.. Enumerable.Range(0, 150 * 140).Select(i => new Vector4(i % 251, i % 17, i % 91, 0))];
        var alone = Fill(1);
        Fill(4).ShouldBe(alone);

        Vector4[] Fill(int cores)
        {
            using var limit = RowBands.LimitTo(cores);
            return DiffusionFill.Fill(colors, hole, _ => true);
        }
    }

    [Fact]
    public void What_no_known_pixel_reaches_is_zero()
    {
        var hole = new PixelMask(6, 6);
        hole.Data.AsSpan().Fill(true);
        DiffusionFill.Fill(new Vector4[36], hole, _ => true).ShouldAllBe(value => value == Vector4.Zero);
    }

    // Gauss-Jordan on the dense matrix.
    private static Vector4[] Eliminate(PixelMask unknown, float[] right, float[] below, float screening, Vector4[] sides)
    {
        int width = unknown.Width, n = unknown.Data.Length;
        var rows = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var row = rows[i] = new double[n + 4];
            if (!unknown.Data[i])
            {
                row[i] = 1;
                continue;
            }

            row[i] = screening;
            for (var c = 0; c < 4; c++) row[n + c] = sides[i][c];
            if (i % width + 1 < width) Link(i, i + 1, right[i]);
            if (i % width > 0) Link(i, i - 1, right[i - 1]);
            if (i + width < n) Link(i, i + width, below[i]);
            if (i >= width) Link(i, i - width, below[i - width]);
            if (row[i] <= 0) row[i] = 1;

            void Link(int p, int q, float weight)
            {
                rows[p][p] += weight;
                if (unknown.Data[q]) rows[p][q] -= weight;
            }
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
            {
                if (i == k || rows[i][k] == 0) continue;
                var factor = rows[i][k] / rows[k][k];
                for (var j = k; j < n + 4; j++) rows[i][j] -= factor * rows[k][j];
            }
        }

        return [.. rows.Select((row, i) => new Vector4((float)(row[n] / row[i]), (float)(row[n + 1] / row[i]), (float)(row[n + 2] / row[i]), (float)(row[n + 3] / row[i])))];
    }
}

using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class GraphCutTests
{
    private static readonly (int X, int Y)[] Steps = [(1, 0), (1, 1), (0, 1), (-1, 1)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_cut_has_the_least_energy_of_all_labellings(int seed)
    {
        const int width = 4, height = 3, nodes = width * height;
        var random = new Random(seed);
        var terminals = Enumerable.Range(0, nodes).Select(_ => random.Next(-20, 21)).ToArray();
        var edges = Enumerable.Range(0, nodes * 4).Select(_ => random.Next(0, 12)).ToArray();
        var flow = new GridMaxFlow(width, height);
        for (var i = 0; i < nodes; i++)
        {
            flow.SetTerminal(i % width, i / width, terminals[i]);
            for (var d = 0; d < 4; d++) flow.SetEdge(i % width, i / width, d, edges[(i * 4) + d]);
        }

        var side = flow.Cut();
        var best = Enumerable.Range(0, 1 << nodes).Min(bits => Energy(i => (bits >> i & 1) != 0));
        Energy(i => side[i]).ShouldBe(best);

        int Energy(Func<int, bool> source)
        {
            var energy = 0;
            for (var i = 0; i < nodes; i++)
            {
                if (source(i) && terminals[i] < 0) energy -= terminals[i];
                if (!source(i) && terminals[i] > 0) energy += terminals[i];
                for (var d = 0; d < 4; d++)
                {
                    int x = (i % width) + Steps[d].X, y = (i / width) + Steps[d].Y;
                    if (x < 0 || x >= width || y >= height) continue;
                    if (source(i) != source((y * width) + x)) energy += edges[(i * 4) + d];
                }
            }

            return energy;
        }
    }

    [Fact]
    public void A_mixture_of_one_gaussian_has_the_samples_mean_and_variance()
    {
        float[] samples = [-1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1, 0, 0, 0, -1, 0, 0, 1];
        var mixture = GaussianMixture.Fit(samples, [1, 1, 1, 1, 1, 1], 1, 0);

        // Variance 1/3 on each axis: log density at the mean is −1.5 log(2π/3).
        mixture.LogDensity(0, 0, 0).ShouldBe(-1.5f * MathF.Log(2 * MathF.PI / 3), 1e-3f);
        (mixture.LogDensity(0, 0, 0) - mixture.LogDensity(1, 0, 0)).ShouldBe(1.5f, 1e-3f);
    }

    [Fact]
    public void A_mixture_finds_two_clusters_and_their_shares()
    {
        var random = new Random(11);
        var samples = new float[900];
        for (var i = 0; i < 900; i++) samples[i] = (i < 600 ? 10 : 60) + (random.NextSingle() * 4);
        var mixture = GaussianMixture.Fit(samples, Enumerable.Repeat(1f, 300).ToArray(), 2, 0.1f);
        mixture.Count.ShouldBe(2);
        (mixture.LogDensity(12, 12, 12) - mixture.LogDensity(62, 62, 62)).ShouldBe(MathF.Log(2), 0.35f);
        mixture.LogDensity(36, 36, 36).ShouldBeLessThan(mixture.LogDensity(12, 12, 12) - 20);
    }

    [Fact]
    public void GrabCut_finds_the_disc_from_a_vague_hint()
    {
        var lab = new ColorPlanes(60, 60);
        var hint = new Plane(60, 60);
        var random = new Random(3);
        for (var i = 0; i < 3600; i++)
        {
            var inside = Disc(i, 16);
            lab.C0.Data[i] = (inside ? 60 : 40) + (random.NextSingle() * 10);
            lab.C1.Data[i] = (inside ? 30 : -10) + (random.NextSingle() * 10);
            hint.Data[i] = Disc(i, 10) ? 0.8f : 0.3f;
        }

        var mask = new GrabCut(lab).Run(hint, null, null, new GrabCutOptions()).Mask;
        mask.Select((m, i) => m != Disc(i, 16)).Count(wrong => wrong).ShouldBeLessThan(8);

        static bool Disc(int i, int radius) => Math.Pow((i % 60) - 30, 2) + Math.Pow((i / 60) - 30, 2) < radius * radius;
    }

    [Fact]
    public void Closed_form_matting_recovers_the_alpha_of_two_constant_colours()
    {
        const int width = 48, height = 20;
        var rgb = new ColorPlanes(width, height);
        Plane alpha = new(width, height), truth = new(width, height);
        var free = new bool[width * height];
        for (var i = 0; i < free.Length; i++)
        {
            var x = i % width;
            var a = truth.Data[i] = Math.Clamp((x - 16) / 16f, 0f, 1f);
            (rgb.C0.Data[i], rgb.C1.Data[i], rgb.C2.Data[i]) = (0.1f + (0.8f * a), 0.7f - (0.5f * a), 0.2f + (0.1f * a));
            free[i] = x is > 12 and < 36;
            alpha.Data[i] = free[i] ? 0.5f : a;
        }

        ClosedFormMatting.Solve(rgb, alpha, free, null, null, 1e-6f, 400);
        for (var i = 0; i < free.Length; i++) alpha.Data[i].ShouldBe(truth.Data[i], 0.02f);
    }
}

using PhotoStudio.Inference.Algorithms;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class RegionTests
{
    [Fact]
    public void The_distance_transform_equals_the_nearest_true_pixel_by_exhaustion()
    {
        const int width = 33, height = 21;
        var random = new Random(5);
        bool[] mask = [.. Enumerable.Range(0, width * height).Select(_ => random.Next(40) == 0)];
        var distance = DistanceTransform.Euclidean(mask, width, height);
        for (var i = 0; i < mask.Length; i++)
        {
            var nearest = Enumerable.Range(0, mask.Length).Where(j => mask[j])
                .Min(j => Math.Sqrt(Math.Pow((i % width) - (j % width), 2) + Math.Pow((i / width) - (j / width), 2)));
            distance.Data[i].ShouldBe((float)nearest, 1e-3f);
        }
    }

    [Fact]
    public void A_mask_without_a_true_pixel_is_infinitely_far()
        => DistanceTransform.Euclidean(new bool[12], 4, 3).Data.ShouldAllBe(d => float.IsPositiveInfinity(d));

    [Fact]
    public void Components_touching_only_at_a_corner_are_two()
    {
        bool[] mask =
        [
            true, true, false,
            false, false, true,
            true, false, true,
        ];
        var (labels, areas) = ConnectedComponents.Label(mask, 3, 3);
        labels.ShouldBe([1, 1, 0, 0, 0, 2, 3, 0, 2]);
        areas.ShouldBe([0, 2, 2, 1]);
    }

    [Fact]
    public void The_barrier_distance_of_a_valley_is_the_ridge_around_it()
    {
        // Seeds on the frame at 0.2; a ridge of 0.9 surrounds a floor of 0.1: the path must span 0.1 to 0.9.
        var plane = new Plane(9, 9);
        var seeds = new bool[81];
        for (var i = 0; i < 81; i++)
        {
            int x = i % 9, y = i / 9, ring = Math.Min(Math.Min(x, y), Math.Min(8 - x, 8 - y));
            seeds[i] = ring == 0;
            plane.Data[i] = ring switch { 0 or 1 => 0.2f, 2 => 0.9f, _ => 0.1f };
        }

        var distance = MinimumBarrierDistance.Transform(plane, seeds);
        distance[1, 1].ShouldBe(0);
        distance[2, 4].ShouldBe(0.7f, 1e-6f);
        distance[4, 4].ShouldBe(0.8f, 1e-6f);
    }

    [Fact]
    public void Superpixels_are_connected_cover_the_picture_and_keep_to_a_strong_edge()
    {
        var lab = new ColorPlanes(64, 48);
        for (var i = 0; i < lab.C0.Data.Length; i++) lab.C0.Data[i] = i % 64 < 29 ? 20 : 80;
        var regions = SlicSuperpixels.Compute(lab, 40);
        regions.Labels.Distinct().Order().ShouldBe(Enumerable.Range(0, regions.Count));
        regions.Count.ShouldBeInRange(20, 60);
        for (var k = 0; k < regions.Count; k++)
        {
            bool[] mask = [.. regions.Labels.Select(label => label == k)];
            ConnectedComponents.Label(mask, 64, 48).Areas.Length.ShouldBe(2);
            regions.Labels.Select((label, i) => (label, i)).Where(p => p.label == k).Select(p => p.i % 64 < 29).Distinct().Count().ShouldBe(1);
        }

        regions.Spread(regions.Mean(lab.C0)).Data.ShouldBe(lab.C0.Data, 1e-3);
    }

    [Fact]
    public void Boundary_connectivity_tells_the_frame_from_an_object_it_does_not_touch()
    {
        // Three regions in a row: frame, frame of the same colour, object. Areas 100 each, frame lengths 40, 40, 0.
        float[][] colors = [[50, 0, 0], [50, 0, 0], [90, 40, 0]];
        var geodesic = BoundaryConnectivity.GeodesicDistances(colors, [[1], [0, 2], [1]], 1);
        geodesic[2].ShouldBe(MathF.Sqrt((40 * 40) + (40 * 40)) - 1, 1e-3f);
        geodesic[1].ShouldBe(0);
        var connectivity = BoundaryConnectivity.Compute(geodesic, [100, 100, 100], [40, 40, 0], 10);
        connectivity[0].ShouldBe(80 / MathF.Sqrt(200), 0.01f);
        connectivity[2].ShouldBe(0, 0.01f);
        BoundaryConnectivity.BackgroundProbability(connectivity[0]).ShouldBeGreaterThan(0.99f);
    }
}

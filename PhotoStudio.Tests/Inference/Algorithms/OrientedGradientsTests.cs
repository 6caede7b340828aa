using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Faces.Portraits;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Algorithms;

public sealed class OrientedGradientsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_slope_has_one_direction_and_the_energy_of_its_neighbourhood(int direction)
    {
        var (sin, cos) = MathF.SinCos(MathF.Tau * direction / OrientedGradients.Directions);

        var gradients = OrientedGradients.Of(Filled(40, 32, (x, y) => 0.5f + (0.01f * ((x * cos) + (y * sin)))));

        (gradients.Width, gradients.Height).ShouldBe((10, 8));
        var inside = gradients.Values.AsSpan(((4 * gradients.Width) + 5) * OrientedGradients.Directions, OrientedGradients.Directions).ToArray();
        for (var other = 0; other < inside.Length; other++)
        {
            if (other == direction) inside[other].ShouldBeInRange(0.9f, 1.1f);
            else inside[other].ShouldBeLessThan(0.02f);
        }
    }

    [Fact]
    public void Contrast_and_brightness_hardly_matter()
    {
        var random = new Random(5);
        var plane = Filled(48, 48, (_, _) => random.NextSingle());

        float[] all = OrientedGradients.Of(plane).Values, less = OrientedGradients.Of(plane.Map(value => 0.3f + (0.4f * value))).Values;

        for (var i = 0; i < all.Length; i++) less[i].ShouldBe(all[i], 0.01f);
    }

    [Fact]
    public void Grids_are_what_the_shifted_picture_has()
    {
        var random = new Random(6);
        var plane = Filled(34, 30, (_, _) => random.NextSingle());

        var grids = OrientedGradients.Grids(plane, 2);

        grids.Count.ShouldBe(4);
        var shifted = OrientedGradients.Of(Filled(32, 28, (x, y) => plane[x + 2, y + 2]));
        (grids[3].Width, grids[3].Height).ShouldBe((shifted.Width, shifted.Height));

        // Three cells from the border, where the pixels cut off have no say any more.
        var cell = ((3 * shifted.Width) + 4) * OrientedGradients.Directions;
        for (var i = 0; i < OrientedGradients.Directions; i++) grids[3].Values[cell + i].ShouldBe(shifted.Values[cell + i], 1e-4f);
    }

    [Fact]
    public void A_plane_smaller_than_a_cell_has_none() => OrientedGradients.Of(new Plane(3, 50)).Values.ShouldBeEmpty();

    [Fact]
    public void The_windows_weights_have_to_be_as_many_as_its_gradients()
    {
        Should.Throw<ArgumentException>(() => new FaceWindow(new float[FaceWindow.Length]));
        var window = new FaceWindow([.. Enumerable.Repeat(0f, FaceWindow.Length), 2]);
        var gradients = OrientedGradients.Of(Filled(60, 60, (x, y) => x * y / 3600f));

        window.Score(gradients, 3, 2).ShouldBe(2);
        FaceWindow.Values(gradients, 3, 2)[..OrientedGradients.Directions]
            .ShouldBe(gradients.Values[(((2 * gradients.Width) + 3) * OrientedGradients.Directions)..][..OrientedGradients.Directions]);
    }

    private static Plane Filled(int width, int height, Func<int, int, float> value)
    {
        var plane = new Plane(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) plane[x, y] = value(x, y);
        return plane;
    }
}

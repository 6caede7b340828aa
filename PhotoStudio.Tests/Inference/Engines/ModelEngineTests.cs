using System.Text.Json.Nodes;
using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Engines;

/// <summary>
/// The engines of families whose files are not at hand, from an uploaded picture to the result, with small graphs that have the published
/// inputs and outputs: what colours come first, what range values have, which way masks go, where pictures lie in a letterbox.
/// </summary>
public sealed class ModelEngineTests : IDisposable
{
    private readonly SmallModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData("u2netp", 320, 0.229f, 0.485f, "1959")]
    [InlineData("isnet-general-use", 1024, 1, 0.5f, "output")]
    public async Task A_saliency_network_gets_the_picture_stretched_and_divided_by_its_brightest_sample(string id, int side, float std, float mean, string output)
    {
        // The saliency is the red share of the brightest sample: value · std + mean undoes the normalisation.
        _models.Install(id, new OnnxModelWriter().Input("x", 1, 3, side, side).Output(output, 1, 1, side, side)
            .Weights("w", [std, 0, 0], 1, 3, 1, 1).Weights("b", [mean], 1).Mix("x", "w", "b", output));
        await using var studio = await _models.StudioAsync();
        var (picture, inside) = RedDisc(300, 180, brightest: 200);

        var result = await studio.RunAsync("remove-background", [("image", picture)], """{"result":"matte"}""");

        (result.Engine.Engine, result.Engine.Model, result.Engine.Tier).ShouldBe(("background", id, EngineTier.Onnx));
        result.Engine.Confidence.ShouldNotBeNull().ShouldBeGreaterThan(0.8);
        ShouldCover(TestFiles.Decode(result.Outputs[0].File), inside);
    }

    [Fact]
    public async Task A_network_of_logits_goes_through_a_sigmoid_first()
    {
        // Red is +6, everything else −6: after the sigmoid almost 1 and 0.
        _models.Install("birefnet-general-lite", new OnnxModelWriter().Input("x", 1, 3, 1024, 1024).Output("y", 1, 1, 1024, 1024)
            .Weights("w", [12 * 0.229f, 0, 0], 1, 3, 1, 1).Weights("b", [(12 * 0.485f) - 6], 1).Mix("x", "w", "b", "y"));
        await using var studio = await _models.StudioAsync();
        var (picture, inside) = RedDisc(240, 320, brightest: 255);

        ShouldCover(await studio.PictureAsync("remove-background", """{"result":"matte"}""", ("image", picture)), inside);
    }

    [Fact]
    public async Task The_subject_before_another_background_is_the_networks()
    {
        _models.Install("u2netp", new OnnxModelWriter().Input("x", 1, 3, 320, 320).Output("y", 1, 1, 320, 320)
            .Weights("w", [1, 0, 0], 1, 3, 1, 1).Weights("b", [0], 1).Mix("x", "w", "b", "y"));
        await using var studio = await _models.StudioAsync();
        var (picture, inside) = RedDisc(200, 200, brightest: 255);

        var result = await studio.RunAsync("replace-background", [("image", picture)], """{"background":"color","color":"#00ff00","match":0}""");

        result.Engine.Model.ShouldBe("u2netp");
        var replaced = TestFiles.Decode(result.Outputs[0].File).As(PixelFormat.Rgb);
        replaced.Row(5)[15..18].ToArray().ShouldBe([0, 255, 0]);
        inside(100, 100).ShouldBeTrue();
        replaced.Row(100)[300].ShouldBeGreaterThan((byte)250);
    }

    [Fact]
    public async Task Yolox_gets_blue_green_red_at_the_top_left_and_boxes_come_back_in_the_picture()
    {
        // Objectness is the blue of every eighth pixel, the class is always the third, boxes are of one cell: exp(0) · 8.
        var weights = new float[85 * 3];
        weights[4 * 3] = 1 / 255f;
        var bias = new float[85];
        bias[5 + 2] = 1;
        _models.Install("yolox-nano", new OnnxModelWriter().Input("images", 1, 3, 416, 416).Output("output", 1, 3549, 85)
            .Weights("w", weights, 85, 3, 1, 1).Weights("b", bias, 85).Mix("images", "w", "b", "cells", stride: 8)
            .Integers("flat", 1, 85, 2704).Reshape("cells", "flat", "rows").Transpose("rows", "first", 0, 2, 1)
            .Weights("none", new float[845 * 85], 1, 845, 85).Concat("first", "none", "output", axis: 1));
        await using var studio = await _models.StudioAsync();

        // A blue square from (416, 208) to (520, 312) in a red picture, which is halved for the network.
        var picture = TestPictures.Paint(832, 416, PixelFormat.Rgb, (x, y) => x is >= 416 and < 520 && y is >= 208 and < 312 ? new(0, 0, 1) : new(1, 0, 0));

        var objects = await ObjectsAsync(studio, picture, "yolox", "yolox-nano");

        // Cells 26 to 32 across and 13 to 19 down begin in the square; each is 16 pixels of the picture, its box around its corner.
        objects.Count.ShouldBe(49);
        objects.ShouldAllBe(found => found.Label == "car" && found.Score > 0.99);
        objects.Min(found => found.X).ShouldBe(416 - 8, 0.2);
        objects.Min(found => found.Y).ShouldBe(208 - 8, 0.2);
        objects.Max(found => found.X + found.Width).ShouldBe(512 + 8, 0.2);
        objects.Max(found => found.Y + found.Height).ShouldBe(304 + 8, 0.2);
    }

    [Fact]
    public async Task Nanodet_gets_red_green_blue_in_the_middle_and_distances_are_means_of_their_bins()
    {
        var graph = new OnnxModelWriter().Input("i", 1, 3, 416, 416);
        var distances = new float[32];
        for (var side = 0; side < 4; side++) distances[(8 * side) + 1] = 50;
        foreach (var (stride, cells) in ((int, int)[])[(8, 2704), (16, 676), (32, 169), (64, 49)])
        {
            // Of the finest level the score of the first class is the red of every eighth pixel; the statistics are taken off again.
            var weights = new float[80 * 3];
            var bias = new float[80];
            if (stride == 8) (weights[0], bias[0]) = (57.375f / 255, 103.53f / 255);
            graph.Output($"c{stride}", 1, cells, 80).Output($"d{stride}", 1, cells, 32)
                .Weights($"w{stride}", weights, 80, 3, 1, 1).Weights($"b{stride}", bias, 80).Mix("i", $"w{stride}", $"b{stride}", $"m{stride}", stride)
                .Integers($"f{stride}", 1, 80, cells).Reshape($"m{stride}", $"f{stride}", $"r{stride}").Transpose($"r{stride}", $"c{stride}", 0, 2, 1)
                .Weights($"v{stride}", new float[32 * 3], 32, 3, 1, 1).Weights($"e{stride}", distances, 32).Mix("i", $"v{stride}", $"e{stride}", $"n{stride}", stride)
                .Integers($"g{stride}", 1, 32, cells).Reshape($"n{stride}", $"g{stride}", $"s{stride}").Transpose($"s{stride}", $"d{stride}", 0, 2, 1);
        }

        _models.Install("nanodet-plus-m", graph);
        await using var studio = await _models.StudioAsync();

        // Halved, 104 rows of padding above and below. One red square of one cell.
        var picture = TestPictures.Paint(832, 416, PixelFormat.Rgb, (x, y) => x is >= 160 and < 176 && y is >= 208 and < 224 ? new(1, 0, 0) : new(0, 0, 1));

        var found = (await ObjectsAsync(studio, picture, "nanodet", "nanodet-plus-m")).ShouldHaveSingleItem();

        // The cell's centre is at 80 + 3.5, 208 + 3.5 of the input, and its sides one stride away.
        (found.Label, found.Score).ShouldBe(("person", 1));
        found.X.ShouldBe((80 + 3.5 - 8) * 2, 0.2);
        found.Y.ShouldBe((208 + 3.5 - 8 - 104) * 2, 0.2);
        (found.Width, found.Height).ShouldBe((32, 32));
    }

    [Fact]
    public async Task A_style_network_gets_and_gives_red_green_blue_from_0_to_255()
    {
        _models.Install("style-candy", SwapColors("inputImage", "outputImage"));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(120, 90, seed: 3);

        var result = await studio.RunAsync("style-transfer", [("image", picture)], """{"style":"candy"}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("fast-neural-style", "style-candy"));
        PictureAssert.Similar(TestFiles.Decode(result.Outputs[0].File), Swapped(picture), maxDifference: 1, psnr: 50);
        var half = await studio.PictureAsync("style-transfer", """{"style":"candy","strength":0}""", ("image", picture));
        half.Samples.ShouldBe(picture.Samples);
    }

    [Fact]
    public async Task A_style_that_only_a_network_paints_names_its_model_and_the_others_stay_builtin()
    {
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(64, 48, seed: 3);

        var missing = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("style-transfer", [("image", picture)], """{"style":"udnie"}"""));
        missing.Fault.ShouldBe(InferenceFault.Unavailable);
        missing.Message.ShouldContain("./studio models pull style-");

        _models.Install("style-candy", SwapColors("a", "b"));
        (await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("style-transfer", [("image", picture)], """{"style":"udnie"}""")))
            .Message.ShouldContain("./studio models pull style-udnie");
        (await studio.RunAsync("style-transfer", [("image", picture)], """{"style":"mosaic"}""")).Engine.Engine.ShouldBe("painterly");
    }

    [Fact]
    public async Task A_style_network_of_one_size_paints_in_overlapping_pieces()
    {
        _models.Install("style-udnie", SwapColors("x", "y", 224));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(300, 260, seed: 5);

        var result = await studio.PictureAsync("style-transfer", """{"style":"udnie"}""", ("image", picture));

        PictureAssert.Similar(result, Swapped(picture), maxDifference: 1, psnr: 50);
    }

    [Fact]
    public async Task Real_esrgan_enlarges_four_times_in_tiles_without_seams_and_alpha_grows_with_it()
    {
        // Every pixel becomes 4×4 of its colour: 16 channels of each colour, moved to where pixels are.
        var weights = new float[48 * 3];
        for (var channel = 0; channel < 48; channel++) weights[(channel * 3) + (channel % 3)] = 1;
        _models.Install("realesr-general-x4v3", new OnnxModelWriter().Input("input", 1, 3, -1, -1).Output("output", 1, 3, -1, -1)
            .Weights("w", weights, 48, 3, 1, 1).Weights("b", new float[48], 48).Mix("input", "w", "b", "c").DepthToSpace("c", "output", 4));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Static(300, 270, seed: 9, PixelFormat.Rgba);

        var result = await studio.RunAsync("upscale", [("image", picture)], """{"scale":4}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("realesrgan", "realesr-general-x4v3"));
        var large = TestFiles.Decode(result.Outputs[0].File);
        (large.Width, large.Height, large.Format).ShouldBe((1200, 1080, PixelFormat.Rgba));
        for (var y = 0; y < large.Height; y += 7)
        {
            for (var x = 0; x < large.Width; x += 5)
            {
                for (var c = 0; c < 3; c++)
                    Math.Abs(large.Row(y)[(4 * x) + c] - picture.Row(y / 4)[(4 * (x / 4)) + c]).ShouldBeLessThanOrEqualTo(1, $"{x}, {y}");
            }
        }

        var twice = await studio.PictureAsync("upscale", """{"scale":2.5}""", ("image", TestPictures.Photo(100, 80, seed: 2)));
        (twice.Width, twice.Height).ShouldBe((250, 200));
    }

    [Theory]
    [InlineData("lama", true)]
    [InlineData("lama-fp32", false)]
    public async Task Lama_gets_its_own_colour_order_and_a_mask_of_ones_where_the_hole_is(string id, bool bgr)
    {
        // Filled with the colour (200, 20, 10) where the mask is 1; elsewhere the picture, from 0–1 to 0–255.
        float[] color = bgr ? [10, 20, 200] : [200, 20, 10];
        _models.Install(id, new OnnxModelWriter().Input("image", 1, 3, 512, 512).Input("mask", 1, 1, 512, 512).Output("output", 1, 3, 512, 512)
            .Weights("white", [255], 1).Weights("one", [1], 1).Weights("color", color, 1, 3, 1, 1)
            .Sub("one", "mask", "keep").Mul("image", "white", "levels").Mul("levels", "keep", "kept").Mul("color", "mask", "filled").Add("kept", "filled", "output"));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(700, 560, seed: 6);

        var result = await studio.RunAsync("object-removal", [("image", picture)], """{"boxes":[[40,50,60,70],[600,450,30,30]],"dilate":0,"feather":0}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("lama", id));
        ShouldBeFilled(TestFiles.Decode(result.Outputs[0].File).As(PixelFormat.Rgb), picture, [200, 20, 10], 1);
    }

    [Fact]
    public async Task Migan_gets_bytes_and_a_mask_that_is_white_where_the_picture_is_kept()
    {
        _models.Install("migan", new OnnxModelWriter()
            .TypedInput("image", OnnxModelWriter.Byte, 1, 3, -1, -1).TypedInput("mask", OnnxModelWriter.Byte, 1, 1, -1, -1)
            .TypedOutput("result", OnnxModelWriter.Byte, 1, 3, -1, -1)
            .Cast("image", "levels", OnnxModelWriter.Float).Cast("mask", "white", OnnxModelWriter.Float)
            .Weights("scale", [1 / 255f], 1).Weights("one", [1], 1).Weights("color", [200, 20, 10], 1, 3, 1, 1)
            .Mul("white", "scale", "keep").Sub("one", "keep", "hole").Mul("levels", "keep", "kept").Mul("color", "hole", "filled")
            .Add("kept", "filled", "sum").Weights("half", [0.5f], 1).Add("sum", "half", "rounded").Cast("rounded", "result", OnnxModelWriter.Byte));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(700, 560, seed: 6);

        var result = await studio.RunAsync("inpaint", [("image", picture)], """{"boxes":[[40,50,60,70],[600,450,30,30]],"dilate":0,"feather":0,"prompt":"a bench"}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("migan", "migan"));
        result.Engine.Notes.ShouldNotBeNull().ShouldHaveSingleItem().ShouldContain("prompt was not used");
        ShouldBeFilled(TestFiles.Decode(result.Outputs[0].File).As(PixelFormat.Rgb), picture, [200, 20, 10], 1);
    }

    [Fact]
    public async Task Nafnet_deblurs_only_who_asks_for_it_at_any_size()
    {
        _models.Install("nafnet", new OnnxModelWriter().Input("lq", 1, 3, -1, -1).Output("output", 1, 3, -1, -1)
            .Weights("one", [1], 1).Sub("one", "lq", "output"));
        await using var studio = await _models.StudioAsync();
        var picture = TestPictures.Photo(101, 67, seed: 8);
        const string Nothing = "\"white_balance\":false,\"exposure\":false,\"local_contrast\":false,\"color\":false";

        var result = await studio.RunAsync("enhance", [("image", picture)], $$"""{"deblur":true,{{Nothing}}}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("nafnet", "nafnet"));
        var negative = new Picture(101, 67, PixelFormat.Rgb, [.. picture.Samples.Select(sample => (byte)(255 - sample))]);
        PictureAssert.Similar(TestFiles.Decode(result.Outputs[0].File), negative, maxDifference: 1, psnr: 50);
        (await studio.RunAsync("enhance", [("image", picture)], "{}")).Engine.Engine.ShouldBe("tone-diagnosis");
    }

    [Fact]
    public async Task Deblurring_without_the_model_names_it()
    {
        await using var studio = await _models.StudioAsync();
        var fault = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("enhance", [("image", TestPictures.Photo(64, 48, seed: 1))], """{"deblur":true}"""));
        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Unavailable, "engine_unavailable"));
        fault.Message.ShouldContain("./studio models pull nafnet");
    }

    [Fact]
    public async Task Gfpgan_restores_the_aligned_face_and_nothing_around_it()
    {
        // −1 to 1 turned over: the negative of the face.
        _models.Install("gfpgan-1.4", new OnnxModelWriter().Input("input", 1, 3, 512, 512).Output("output", 1, 3, 512, 512)
            .Weights("minus", [-1], 1).Mul("input", "minus", "output"));
        await using var studio = await _models.StudioAsync();
        var portrait = new DrawnPortrait();
        var picture = portrait.Paint(400, 400);

        var result = await studio.RunAsync("face-enhance", [("image", picture)], """{"strength":1}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("gfpgan", "gfpgan-1.4"));
        var restored = TestFiles.Decode(result.Outputs[0].File);
        int x = (int)portrait.Nose.X, y = (int)portrait.Nose.Y;
        for (var c = 0; c < 3; c++) ((int)restored.Row(y)[(3 * x) + c]).ShouldBeInRange(255 - picture.Row(y)[(3 * x) + c] - 12, 255 - picture.Row(y)[(3 * x) + c] + 12);
        restored.Row(2).ToArray().ShouldBe(picture.Row(2).ToArray());
        restored.Row(397).ToArray().ShouldBe(picture.Row(397).ToArray());
    }

    [Theory]
    [InlineData(255, 0.8808, true, true)]
    [InlineData(0, 0.1192, false, false)]
    public async Task The_classifier_gets_values_from_minus_one_to_one_and_its_second_class_is_unsafe(byte red, double score, bool flagged, bool blocked)
    {
        // The second logit is twice the mean of red.
        _models.Install("nsfw-vit-int8", new OnnxModelWriter().Input("pixel_values", -1, 3, 384, 384).Output("logits", -1, 2)
            .Weights("w", [0, 0, 0, 2, 0, 0], 2, 3, 1, 1).Weights("b", new float[2], 2).Mix("pixel_values", "w", "b", "m").Mean("m", "p")
            .Integers("flat", -1, 2).Reshape("p", "flat", "logits"));
        await using var studio = await _models.StudioAsync();

        var result = await studio.RunAsync("moderate", [("image", TestPictures.Solid(50, 40, new Rgb(red, 60, 60)))], """{"prompt":"a quiet lake"}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("nsfw-classifier", "nsfw-vit-int8"));
        var data = JsonNode.Parse(result.Data!)!;
        ((double)data["categories"]!["sexual"]!).ShouldBe(score, 0.0002);
        ((bool)data["flagged"]!, (bool)data["blocked"]!, (string)data["method"]!).ShouldBe((flagged, blocked, "lexicon+nsfw-classifier"));
    }

    [Fact]
    public async Task Inswapper_gets_the_embedding_times_the_matrix_in_its_own_file()
    {
        // An identity of (3, 4, 0, …), whose length is 5; a matrix that halves. The network paints with the first three numbers it is given.
        var identity = new float[512];
        (identity[0], identity[1]) = (3, 4);
        _models.Install("arcface-w600k-r50", new OnnxModelWriter().Input("input.1", 1, 3, 112, 112).Output("683", 1, 512)
            .Weights("w", new float[512 * 3], 512, 3, 1, 1).Weights("b", identity, 512).Mix("input.1", "w", "b", "m").Mean("m", "p")
            .Integers("flat", 1, 512).Reshape("p", "flat", "683"));
        float[] pick = new float[512 * 3], matrix = new float[512 * 512];
        for (var i = 0; i < 3; i++) pick[(i * 3) + i] = 1;
        for (var i = 0; i < 512; i++) matrix[(i * 512) + i] = 0.5f;
        _models.Install("inswapper-128", new OnnxModelWriter().Input("target", 1, 3, 128, 128).Input("source", 1, 512).Output("output", 1, 3, 128, 128)
            .Weights("pick", pick, 512, 3).MatMul("source", "pick", "three").Integers("color", 1, 3, 1, 1).Reshape("three", "color", "paint")
            .Weights("nothing", [0], 1).Mul("target", "nothing", "black").Add("black", "paint", "output").Weights("buff2fs", matrix, 512, 512));
        await using var studio = await _models.StudioAsync();
        var portrait = new DrawnPortrait();
        Picture source = portrait.Paint(400, 400), target = (portrait with { Skin = new(0.94f, 0.78f, 0.70f) }).Paint(400, 400);

        var result = await studio.RunAsync("face-swap", [("source", source), ("target", target)], """{"consent":true}""");

        (result.Engine.Engine, result.Engine.Model).ShouldBe(("inswapper", "inswapper-128"));
        var swapped = TestFiles.Decode(result.Outputs[0].File);
        int x = (int)portrait.Nose.X, y = (int)portrait.Nose.Y;
        int[] color = [swapped.Row(y)[3 * x], swapped.Row(y)[(3 * x) + 1], swapped.Row(y)[(3 * x) + 2]];
        color.ShouldBe([77, 102, 0], "0.5 · (3, 4, 0) / 5, of 255");
        swapped.Row(2).ToArray().ShouldBe(target.Row(2).ToArray());
    }

    [Fact]
    public async Task A_file_that_is_another_model_is_told_by_what_it_lacks()
    {
        _models.Install("gfpgan-1.4", new OnnxModelWriter().Input("picture", 1, 3, 256, 256).Output("y", 1, 3, 256, 256).Identity("picture", "y"));
        await using var studio = await _models.StudioAsync();
        var fault = await Should.ThrowAsync<InferenceException>(() => studio.RunAsync("face-enhance", [("image", new DrawnPortrait().Paint(400, 400))], "{}"));
        (fault.Fault, fault.Code).ShouldBe((InferenceFault.Unavailable, "model_mismatch"));
        fault.Message.ShouldContain("no input 'input', only 'picture'");
    }

    private static OnnxModelWriter SwapColors(string input, string output, int side = -1) =>
        new OnnxModelWriter().Input(input, 1, 3, side, side).Output(output, 1, 3, side, side)
            .Weights("w", [0, 0, 1, 0, 1, 0, 1, 0, 0], 3, 3, 1, 1).Weights("b", new float[3], 3).Mix(input, "w", "b", output);

    private static Picture Swapped(Picture picture)
    {
        var result = new Picture(picture.Width, picture.Height, PixelFormat.Rgb);
        for (var i = 0; i < result.Samples.Length; i += 3)
            (result.Samples[i], result.Samples[i + 1], result.Samples[i + 2]) = (picture.Samples[i + 2], picture.Samples[i + 1], picture.Samples[i]);
        return result;
    }

    // A red disc with a soft rim left of the middle on black and blue, with a brightest sample that is not 255.
    private static (Picture Picture, Func<int, int, bool> Inside) RedDisc(int width, int height, int brightest)
    {
        var radius = Math.Min(width, height) * 0.3f;
        float Away(int x, int y) => MathF.Sqrt(MathF.Pow(x - (width * 0.45f), 2) + MathF.Pow(y - (height * 0.5f), 2)) - radius;
        var bright = brightest / 255f;
        var picture = TestPictures.Paint(width, height, PixelFormat.Rgb, (x, y) =>
        {
            var share = Math.Clamp(0.5f - (Away(x, y) / 12), 0, 1);
            return new(bright * share, 0.1f, (0.1f * share) + (0.5f * bright * (1 - share)));
        });
        return (picture, (x, y) => Away(x, y) < 0);
    }

    // The matte is the disc, but for its rim.
    private static void ShouldCover(Picture matte, Func<int, int, bool> inside)
    {
        var wrong = 0;
        for (var y = 0; y < matte.Height; y++)
        {
            for (var x = 0; x < matte.Width; x++)
                if (inside(x, y) != matte.Row(y)[x * matte.Channels] > 127) wrong++;
        }

        wrong.ShouldBeLessThan(matte.Width * matte.Height / 50);
        matte.Row(matte.Height / 2)[(int)(matte.Width * 0.45f) * matte.Channels].ShouldBeGreaterThan((byte)245);
        matte.Row(1)[matte.Channels].ShouldBeLessThan((byte)10);
    }

    private static void ShouldBeFilled(Picture result, Picture picture, int[] color, int tolerance)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var hole = (x is >= 40 and < 100 && y is >= 50 and < 120) || (x is >= 600 and < 630 && y is >= 450 and < 480);
                for (var c = 0; c < 3; c++)
                {
                    int sample = result.Row(y)[(3 * x) + c], before = picture.Row(y)[(3 * x) + c];
                    if (hole ? Math.Abs(sample - color[c]) > tolerance : sample != before)
                        throw new Xunit.Sdk.XunitException($"At {x}, {y} the sample {c} is {sample}; it was {before}, in the hole {color[c]} is wanted.");
                }
            }
        }
    }

    private static async Task<List<(string Label, double Score, double X, double Y, double Width, double Height)>> ObjectsAsync(
        OperationUnderTest studio, Picture picture, string engine, string model)
    {
        var result = await studio.RunAsync("detect-objects", [("image", picture)], """{"min_score":0.5,"max_objects":100}""");
        (result.Engine.Engine, result.Engine.Model).ShouldBe((engine, model));
        return
        [
            .. JsonNode.Parse(result.Data!)!["objects"]!.AsArray().Select(found =>
            {
                var box = found!["box"]!;
                return ((string)found["label"]!, (double)found["score"]!, (double)box["x"]!, (double)box["y"]!, (double)box["width"]!, (double)box["height"]!);
            }),
        ];
    }
}

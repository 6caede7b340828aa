using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Running;

/// <summary>The mark in the files, read by ExifTool.</summary>
public sealed class ProvenanceMarkTests
{
    private static readonly string Trained = DigitalSource.TrainedAlgorithmicMedia.Uri();

    /// <summary>The formats that results have.</summary>
    public static TheoryData<PictureFormat> Formats => [.. TestFiles.Codec.Encodes];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task The_mark_is_in_the_file_of_every_format(PictureFormat format)
    {
        var file = Marked(format, Trained);

        (await ExifTool.DigitalSourceTypeAsync(file)).ShouldBe(Trained);
        TestFiles.Codec.Probe(file).DigitalSourceType.ShouldBe(Trained);
    }

    [Theory]
    [InlineData(EngineTier.Builtin, DigitalSource.AlgorithmicallyEnhanced)]
    [InlineData(EngineTier.Onnx, DigitalSource.CompositeWithTrainedAlgorithmicMedia)]
    [InlineData(EngineTier.Remote, DigitalSource.CompositeWithTrainedAlgorithmicMedia)]
    public async Task The_tier_of_the_engine_that_ran_decides(EngineTier tier, DigitalSource expected)
    {
        var engine = new ScriptedEngine(operation: "remove-background") { Tier = tier };

        var output = await RunAsync("remove-background", "{}", TestFiles.Encode(TestPictures.Quarters(32, 24), PictureFormat.Png), engine);

        (await ExifTool.DigitalSourceTypeAsync(output.File)).ShouldBe(expected.Uri());
    }

    [Theory]
    [InlineData("resize", """{"width":16}""")]
    [InlineData("crop", """{"width":8,"height":8}""")]
    [InlineData("rotate", """{"angle":30}""")]
    [InlineData("adjust", """{"exposure":1}""")]
    [InlineData("convert", """{"output_format":"jpeg"}""")]
    public async Task A_generated_picture_keeps_its_mark_and_a_photo_gets_none(string operation, string parameters)
    {
        foreach (var format in new[] { PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Webp })
        {
            var photo = TestFiles.Encode(TestPictures.Quarters(32, 24), format);

            var fromPhoto = await RunAsync(operation, parameters, photo);
            var fromGenerated = await RunAsync(operation, parameters, Marked(format, Trained));
            var fromCamera = await RunAsync(
                operation, parameters, Marked(format, "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"));

            (await ExifTool.DigitalSourceTypeAsync(fromPhoto.File)).ShouldBeNull();
            (await ExifTool.DigitalSourceTypeAsync(fromGenerated.File)).ShouldBe(Trained);
            (await ExifTool.DigitalSourceTypeAsync(fromCamera.File)).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("<Iptc4xmpExt:DigitalSourceType>{0}</Iptc4xmpExt:DigitalSourceType>")]
    [InlineData("<Iptc4xmpExt:DigitalSourceType rdf:resource='{0}'/>")]
    public async Task A_mark_of_another_program_is_read_however_it_is_written(string property)
    {
        var packet = $"""
            <?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
            <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>
            <rdf:Description rdf:about='' xmlns:Iptc4xmpExt='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>
            {string.Format(null, property, Trained)}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>
            """;
        var file = TestFiles.Codec.Encode(TestPictures.Quarters(32, 24), new EncodeOptions(PictureFormat.Jpeg, Xmp: packet));

        var output = await RunAsync("resize", """{"width":16}""", file);

        (await ExifTool.DigitalSourceTypeAsync(output.File)).ShouldBe(Trained);
    }

    [Theory]
    [InlineData("DigitalSourceType, but no XML")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'DigitalSourceType'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>")]
    [InlineData("<x:xmpmeta xmlns:x='adobe:ns:meta/'><DigitalSourceType>")]
    public async Task A_packet_that_cannot_be_read_is_dropped_and_the_picture_is_fine(string packet)
    {
        var file = TestFiles.Codec.Encode(TestPictures.Quarters(32, 24), new EncodeOptions(PictureFormat.Jpeg, Xmp: packet));

        var output = await RunAsync("resize", """{"width":16}""", file);

        output.Width.ShouldBe(16);
        (await ExifTool.DigitalSourceTypeAsync(output.File)).ShouldBeNull();
    }

    private static byte[] Marked(PictureFormat format, string uri) => TestFiles.Codec.Encode(
        TestPictures.Quarters(32, 24), new EncodeOptions(format, Xmp: XmpPacket.WithDigitalSourceType(uri)));

    private static async Task<InferenceOutput> RunAsync(string operation, string parameters, byte[] file, IEngine? engine = null)
    {
        await using var studio = await InferenceUnderTest.InProcessAsync(engine is null ? new() : InferenceSetup.With(engine));
        var request = new InferenceRequest("job-1", operation, parameters, [new("image", file)]);
        return (await studio.Inference.RunAsync(request, null, CancellationToken.None)).Outputs.ShouldHaveSingleItem();
    }
}

using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Models;

public sealed class ModelCatalogueTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Embedded;

    [Fact]
    public void Every_model_that_is_fetched_has_a_hash_a_size_or_a_reason_and_addresses_over_https()
    {
        Catalogue.All.Count.ShouldBeGreaterThanOrEqualTo(30);
        foreach (var entry in Catalogue.All.Where(entry => !entry.IsUserSupplied))
        {
            entry.Sha256.ShouldNotBeNull(entry.Id);
            entry.Urls.ShouldAllBe(url => url.Scheme == "https", entry.Id);
            entry.Evidence.ShouldNotBe(HashEvidence.None, entry.Id);
        }
    }

    [Fact]
    public void Every_model_has_inputs_outputs_and_statistics_for_each_channel()
    {
        foreach (var entry in Catalogue.All)
        {
            entry.Processing.Inputs.ShouldNotBeEmpty(entry.Id);
            entry.Processing.Outputs.ShouldNotBeEmpty(entry.Id);
            entry.Operations.ShouldNotBeEmpty(entry.Id);
            foreach (var input in entry.Processing.Inputs.Where(input => input.Mean.Count > 0 || input.Std.Count > 0))
            {
                input.Mean.Count.ShouldBe(3, entry.Id);
                input.Std.Count.ShouldBe(3, entry.Id);
                input.Std.ShouldAllBe(std => std > 0, entry.Id);
            }
        }
    }

    [Fact]
    public void What_an_entry_leaves_out_has_its_default()
    {
        var yolox = Catalogue.Get("yolox-s").Processing;
        var input = yolox.Inputs.Single();
        (input.Divisor, input.Multiple, input.Pad, input.Channels, input.Fit).ShouldBe((1, 1, 114, ChannelOrder.Bgr, PictureFit.TopLeft));
        input.Shape.ShouldBe([1, 3, 640, 640]);
        input.Mean.ShouldBeEmpty();
        (yolox.Outputs.Single().Low, yolox.Outputs.Single().High, yolox.Factor).ShouldBe((0, 1, 1));
        yolox.Threshold("iou").ShouldBe(0.45);
        Catalogue.Get("lama").Processing.Thresholds.ShouldBeEmpty();
        Catalogue.Get("lama").Processing.Outputs.Single().High.ShouldBe(255);
        Catalogue.Get("inswapper-128").Urls.ShouldBeEmpty();
    }

    [Fact]
    public void Every_family_recommends_one_model_and_needs_the_same_kind_of_inputs()
    {
        foreach (var family in Catalogue.All.GroupBy(entry => entry.Family))
        {
            family.Count(entry => entry.Recommended).ShouldBeLessThanOrEqualTo(1, family.Key);
            family.Select(entry => string.Join(",", entry.Processing.Inputs.Select(input => $"{input.Content}{input.Element}"))).Distinct()
                .Count().ShouldBe(1, family.Key);
        }
    }

    [Fact]
    public void The_documentation_lists_every_model_with_its_operations_and_licence()
    {
        var lines = File.ReadAllLines(Repository.PathOf("docs", "models.md"));
        foreach (var entry in Catalogue.All)
        {
            var licence = entry.Licence.Name + (entry.Licence.Restricted ? " †" : "");
            var start = $"| `{entry.Id}`{(entry.Recommended ? " *" : "")} | {string.Join(", ", entry.Operations)} | {licence} |";
            lines.Count(line => line.StartsWith(start, StringComparison.Ordinal)).ShouldBe(1, start);
        }
    }

    [Theory]
    [InlineData("face_detection_yunet_2023mar.onnx", "yunet")]
    [InlineData("ultraface_version-RFB-320.onnx", "ultraface-320")]
    [InlineData("fastestdet.onnx", "fastestdet")]
    [InlineData("super_resolution_x3_y.onnx", "super-resolution-x3")]
    public async Task A_published_file_is_recognised_whatever_it_is_called(string file, string id)
    {
        if (SharedFolder.Find("models", file) is not { } source) return;
        using var store = new ModelStoreUnderTest(Catalogue.All);
        store.Put("something-else.bin", await File.ReadAllBytesAsync(source));

        store.Store.Find(id)!.Path.ShouldEndWith("something-else.bin");
        store.Store.Missing(id).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"processings":{},"models":[{"id":"a"}]}""")]
    [InlineData("""{"processings":{},"models":[],"extra":1}""")]
    [InlineData("[]")]
    public void What_is_no_catalogue_is_refused_with_its_name(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        Should.Throw<InvalidDataException>(() => ModelCatalogue.Read(stream, "mine.json")).Message.ShouldContain("mine.json");
    }

    [Fact]
    public void Entries_that_contradict_themselves_or_others_are_refused()
    {
        var entry = ModelStoreUnderTest.Entry("one", [1]);
        Fault(entry, entry).ShouldContain("'one'");
        Fault(entry, entry with { Id = "two" }).ShouldContain("same hash");
        Fault(entry with { Id = "../one" }).ShouldContain("no id");
        Fault(entry with { File = "../one.onnx" }).ShouldContain("file name");
        Fault(entry with { Sha256 = "ABC" }).ShouldContain("hash");
        Fault(entry with { Sha256 = null }).ShouldContain("no hash");
        Fault(entry with { Urls = [new("file:///etc/passwd")] }).ShouldContain("http");
        Fault(entry with { Operations = ["fly"] }).ShouldContain("'fly'");
        Fault(entry with { Licence = new("Mine", Restricted: true) }).ShouldContain("terms");

        static string Fault(params ModelEntry[] entries) => Should.Throw<InvalidDataException>(() => new ModelCatalogue(entries)).Message;
    }

    [Fact]
    public void Models_that_are_preferred_come_first_in_their_families_by_id_or_file_and_strangers_change_nothing()
    {
        var embedded = ModelCatalogue.Embedded;
        var family = embedded.Family("fast-neural-style");
        var (first, last) = (family[0], family[^1]);

        var preferring = embedded.Preferring(["no-such-model", last.File.ToUpperInvariant()]);

        preferring.Family(first.Family).Select(entry => entry.Id).ShouldBe([last.Id, .. family.SkipLast(1).Select(entry => entry.Id)]);
        preferring.All.Select(entry => entry.Id).ShouldBe(embedded.All.Select(entry => entry.Id), ignoreOrder: true);
        embedded.Preferring(["no-such-model"]).ShouldBeSameAs(embedded);
    }
}

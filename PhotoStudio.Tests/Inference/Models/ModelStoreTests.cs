using PhotoStudio.Inference.Models;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Inference.Models;

public sealed class ModelStoreTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
    private static readonly ModelEntry Entry = ModelStoreUnderTest.Entry("one", Content);

    [Fact]
    public void A_file_dropped_into_any_folder_is_recognised_by_its_hash_without_a_restart()
    {
        using var store = new ModelStoreUnderTest(Entry);
        store.Store.Find("one").ShouldBeNull();
        store.Store.Missing("one").ShouldBe("The model Model one is not installed. Get it: ./studio models pull one.");

        var path = store.Put("a name of its own.onnx", Content, folder: 1);

        store.Store.Find("one").ShouldBe(new InstalledModel(Entry, path));
        store.Store.Missing("one").ShouldBeNull();
    }

    [Fact]
    public void A_file_in_a_folder_of_a_folder_and_a_link_to_one_are_recognised()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllBytes(elsewhere.In("file"), Content);
        using var store = new ModelStoreUnderTest(Entry, ModelStoreUnderTest.Entry("two", [1, 2, 3]));
        Directory.CreateDirectory(store.PathOf("publisher/onnx"));
        store.Put("publisher/onnx/model.onnx", [1, 2, 3]);
        File.CreateSymbolicLink(store.PathOf("link.onnx"), elsewhere.In("file"));

        store.Store.Find("one")!.Path.ShouldEndWith("link.onnx");
        store.Store.Find("two")!.Path.ShouldEndWith("model.onnx");
    }

    [Fact]
    public void A_file_that_is_taken_out_or_overwritten_is_no_longer_the_model()
    {
        using var store = new ModelStoreUnderTest(Entry);
        var path = store.Put("one.onnx", Content);
        store.Store.Find("one").ShouldNotBeNull();

        store.Put("one.onnx", [.. Content.Reverse()]);
        store.Store.Find("one").ShouldBeNull();
        store.Store.Missing("one").ShouldBe(
            "The model Model one is not installed: the file one.onnx is not the one that the catalogue means. Get it: ./studio models pull one.");

        File.Delete(path);
        store.LetPass();
        store.Store.Missing("one").ShouldBe("The model Model one is not installed. Get it: ./studio models pull one.");
    }

    [Fact]
    public void Files_of_the_same_name_and_size_are_told_apart_by_their_hashes()
    {
        byte[] other = [.. Content.Reverse()];
        using var store = new ModelStoreUnderTest(Entry, ModelStoreUnderTest.Entry("two", other));
        store.Put("one.onnx", other);

        store.Store.Find("one").ShouldBeNull();
        store.Store.Find("two")!.Path.ShouldEndWith("one.onnx");
    }

    [Fact]
    public void A_file_of_a_folder_comes_before_the_same_file_of_a_later_folder()
    {
        using var store = new ModelStoreUnderTest(Entry);
        store.Put("late.onnx", Content, folder: 1);
        store.Put("early.onnx", Content);

        store.Store.Find("one")!.Path.ShouldEndWith("early.onnx");
    }

    [Fact]
    public void An_unfinished_download_is_no_model()
    {
        using var store = new ModelStoreUnderTest(Entry);
        Directory.CreateDirectory(store.PathOf(".store"));
        store.Put(".store/one.onnx", Content);
        store.Put(".one.onnx", Content);

        store.Store.Find("one").ShouldBeNull();
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_models()
    {
        using var store = new ModelStoreUnderTest(Entry);
        foreach (var folder in store.Folders.All) Directory.Delete(folder);

        store.Store.Find("one").ShouldBeNull();
    }

    [Fact]
    public async Task A_large_file_is_hashed_in_the_background_and_only_once()
    {
        var content = new byte[9 << 20];
        new Random(5).NextBytes(content);
        using var store = new ModelStoreUnderTest(ModelStoreUnderTest.Entry("large", content));
        var path = store.Put("large.onnx", content);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        store.Store.Find("large").ShouldBeNull();
        store.Store.Missing("large").ShouldBe("The model Model large is being checked (large.onnx); it is ready when that is done.");
        (await store.Store.ScanAsync(CancellationToken.None)).Installed.Keys.ShouldBe(["large"]);
        store.Store.Find("large")!.Path.ShouldBe(path);

        // Another process believes the hash that was written down.
        using var second = store.NewStore();
        second.Find("large")!.Path.ShouldBe(path);
    }

    [Fact]
    public void A_hash_that_was_written_down_is_not_believed_of_a_file_that_has_changed_since()
    {
        using var store = new ModelStoreUnderTest(Entry);
        var path = store.Put("one.onnx", Content);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        store.Store.Find("one").ShouldNotBeNull();
        File.Exists(store.PathOf(".store/hashes.json")).ShouldBeTrue();

        File.WriteAllBytes(path, [.. Content.Reverse()]);

        using var second = store.NewStore();
        second.Find("one").ShouldBeNull();
    }

    [Fact]
    public void A_record_of_hashes_that_is_damaged_costs_only_time()
    {
        using var store = new ModelStoreUnderTest(Entry);
        Directory.CreateDirectory(store.PathOf(".store"));
        File.WriteAllText(store.PathOf(".store/hashes.json"), "{ no JSON");
        store.Put("one.onnx", Content);

        using var second = store.NewStore();
        second.Find("one").ShouldNotBeNull();
    }

    [Fact]
    public void A_model_with_a_restricted_licence_is_used_only_when_it_is_accepted()
    {
        var restricted = Entry with { Licence = new("Mine", Restricted: true, "Do no harm.") };
        using var store = new ModelStoreUnderTest(restricted);
        store.Put("one.onnx", Content);
        store.Store.Find("one").ShouldBeNull();
        store.Store.Missing("one")!.ShouldContain("./studio models accept one");

        store.Licences().Accept(restricted, "somebody");
        store.LetPass();

        store.Store.Find("one").ShouldNotBeNull();
        File.ReadAllText(store.PathOf(".store/licences/one.json")).ShouldContain("Do no harm.");
    }

    [Fact]
    public void Of_a_family_the_first_of_the_catalogue_is_used_and_the_recommended_one_is_named()
    {
        var second = ModelStoreUnderTest.Entry("two", [1, 2]) with { Recommended = true };
        using var store = new ModelStoreUnderTest(Entry, second);
        store.Store.MissingFamily("test")!.ShouldContain("pull two");

        store.Put("two.onnx", [1, 2]);
        store.Store.FindFamily("test")!.Entry.Id.ShouldBe("two");
        store.Put("one.onnx", Content);
        store.Store.FindFamily("test")!.Entry.Id.ShouldBe("one");
        store.Store.MissingFamily("test").ShouldBeNull();
    }

    [Fact]
    public void A_model_that_the_catalogue_does_not_have_is_a_fault_of_who_asks()
    {
        using var store = new ModelStoreUnderTest(Entry);
        Should.Throw<ArgumentException>(() => store.Store.Find("three")).Message.ShouldContain("'three'");
        Should.Throw<ArgumentException>(() => store.Store.FindFamily("three")).Message.ShouldContain("'three'");
    }
}

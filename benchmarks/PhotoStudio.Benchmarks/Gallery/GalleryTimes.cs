using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Benchmarks.Gallery;

/// <summary>
/// What lists, searches and changes cost in a gallery of 100,000 entries beside another owner's 20,000, through the stores as the studio uses
/// them. Every list is counted as well, as its pages tell how many there are. Figures are medians.
/// </summary>
internal static class GalleryTimes
{
    private const int Entries = 100_000;
    private const int OthersEntries = 20_000;

    // No bar is set from outside; these are what does not make a person wait.
    private const double ListBar = 50;
    private const double SearchBar = 200;

    public static BenchmarkTable Sqlite(BenchmarkContext context) =>
        RunAsync("gallery on SQLite", GalleryDatabase.SqliteAsync, context).GetAwaiter().GetResult();

    public static BenchmarkTable Postgres(BenchmarkContext context) =>
        RunAsync("gallery on PostgreSQL", GalleryDatabase.PostgresAsync, context).GetAwaiter().GetResult();

    private static async Task<BenchmarkTable> RunAsync(string name, Func<CancellationToken, Task<GalleryDatabase>> open, BenchmarkContext context)
    {
        var token = context.CancellationToken;
        var entries = context.Images ?? (context.Quick ? Entries / 10 : Entries);
        var table = new BenchmarkTable(name);
        await using var database = await open(token);
        var (owner, other) = (Owner.GuestNamespace("owner"), Owner.GuestNamespace("other"));
        var watch = Stopwatch.StartNew();
        await GallerySeed.FillAsync(database, owner, entries, seed: 1, token);
        await GallerySeed.FillAsync(database, other, entries * OthersEntries / Entries, seed: 2, token);
        await using (var db = database.Open()) await db.Database.ExecuteSqlRawAsync(database.Statistics, token);
        table.Note("entries", entries);
        table.Note("filling it", watch.Elapsed.TotalSeconds, "s");

        var library = database.Get<IImageLibrary>();
        var gallery = new ImageFilter(ImageShelf.Gallery, owner);
        var newest = (await library.ListAsync(gallery, new PageRequest(), token)).Items[0];
        await List("first page", gallery, new PageRequest(), ListBar);
        await List("page 500", gallery, new PageRequest(Math.Min(500, entries / 20), 20), ListBar);
        await List("a page of 100", gallery, new PageRequest(1, 100), ListBar);
        await List("favourites", gallery with { Favorite = true }, new PageRequest(), ListBar);
        await List("one operation (an eighth)", gallery with { Operation = "upscale" }, new PageRequest(), ListBar);
        await List("one style (a fifth)", gallery with { Style = "oil" }, new PageRequest(), ListBar);
        await List("a week", gallery with { From = newest.CreatedAt.AddDays(-7), Before = newest.CreatedAt }, new PageRequest(), ListBar);
        await List("a frequent tag", gallery with { Tag = GallerySeed.Tag(1) }, new PageRequest(), SearchBar);
        await List("a rare tag", gallery with { Tag = GallerySeed.Tag(150) }, new PageRequest(), ListBar);
        await List("search: a rare word", gallery with { Words = [GallerySeed.Word(3500)] }, new PageRequest(), ListBar);
        await List("search: a usual word", gallery with { Words = [GallerySeed.Word(40)] }, new PageRequest(), ListBar);
        await List("search: a word on half of all", gallery with { Words = [GallerySeed.CommonWord] }, new PageRequest(), SearchBar);
        await List("search: two letters", gallery with { Words = ["ba"] }, new PageRequest(), SearchBar);
        await List("search: two words", gallery with { Words = [GallerySeed.CommonWord, GallerySeed.Word(40)] }, new PageRequest(), SearchBar);
        await List("search: nothing found", gallery with { Words = ["zzz"] }, new PageRequest(), ListBar);
        await List("search among favourites", gallery with { Words = [GallerySeed.CommonWord], Favorite = true }, new PageRequest(), SearchBar);
        await List("public pictures", new ImageFilter(ImageShelf.Public), new PageRequest(), ListBar);
        await Measure("one entry", () => library.FindAsync(owner, newest.Id, token), ListBar);
        await Measure("look-alikes", () => database.Get<ISimilarImages>().FindAsync(owner, newest.PerceptualHash!.Value, 10, 20, token), null);
        await Measure("tags with counts", () => library.TagsAsync(owner, 500, token), null);
        await Measure("numbers", () => library.StatisticsAsync(owner, token), null);
        await Measure("a favourite toggled", () => library.ChangeAsync(owner, newest.Id, null, image => image with { IsFavorite = !image.IsFavorite }, token), null);
        await Measure("a title changed", () => library.ChangeAsync(owner, newest.Id, null, image => image with { Title = $"{image.Version} words of it" }, token), null);
        return table;

        Task List(string what, ImageFilter filter, PageRequest page, double bar) => Measure(what, () => library.ListAsync(filter, page, token), bar);

        async Task Measure<T>(string what, Func<Task<T>> work, double? bar)
        {
            var result = await work();
            var times = new List<double>();
            for (var i = 0; i < (context.Quick ? 5 : 15); i++)
            {
                var begun = Stopwatch.GetTimestamp();
                await work();
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            times.Sort();
            var label = result is Page<StudioImage> page ? $"{what} ({page.Total:N0})" : what;
            if (bar is { } most) table.AtMost(label, most, times[times.Count / 2], "ms");
            else table.Note(label, times[times.Count / 2], "ms");
        }
    }
}

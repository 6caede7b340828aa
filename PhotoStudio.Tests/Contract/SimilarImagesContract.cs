using PhotoStudio.Core.Images;
using PhotoStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Contract;

/// <summary>What every <see cref="ISimilarImages"/> does.</summary>
public abstract class SimilarImagesContract : IAsyncLifetime
{
    private StudioStores _stores = null!;

    public async Task InitializeAsync() => _stores = await OpenAsync();

    public async Task DisposeAsync() => await _stores.DisposeAsync();

    /// <summary>An empty database.</summary>
    protected abstract Task<StudioStores> OpenAsync();

    [Fact]
    public async Task The_nearest_come_first_and_far_and_foreign_ones_not_at_all()
    {
        var owner = TestJobs.Someone();
        const long hash = unchecked((long)0xFFFF_0000_FFFF_0000);
        var ids = new Dictionary<int, Guid>();
        foreach (var distance in (int[])[7, 0, 3, 30])
        {
            var image = TestJobs.Upload(owner) with { PerceptualHash = hash ^ ((1L << distance) - 1) };
            await _stores.Library.AddAsync(image, null, default);
            ids[distance] = image.Id;
        }

        await _stores.Library.AddAsync(TestJobs.Upload(TestJobs.Someone()) with { PerceptualHash = hash }, null, default);
        await _stores.Library.AddAsync(TestJobs.Upload(owner), null, default);

        var found = await _stores.Similar.FindAsync(owner, hash, maxDistance: 10, limit: 10, default);
        found.Select(similar => (similar.Image.Id, similar.Distance)).ShouldBe([(ids[0], 0), (ids[3], 3), (ids[7], 7)]);
        (await _stores.Similar.FindAsync(owner, hash, 10, limit: 2, default)).Select(similar => similar.Distance).ShouldBe([0, 3]);
        await _stores.Library.DeleteAsync(owner, ids[0], null, default);
        (await _stores.Similar.FindAsync(owner, hash, 10, limit: 1, default)).ShouldHaveSingleItem().Distance.ShouldBe(3);
    }

    [Fact]
    public async Task Pictures_without_a_hash_are_told_until_they_have_one()
    {
        var owner = TestJobs.Someone();
        var image = TestJobs.Upload(owner);
        await _stores.Library.AddAsync(image, null, default);

        (await _stores.Similar.WithoutHashAsync(owner, 10, default)).ShouldHaveSingleItem().Id.ShouldBe(image.Id);
        await _stores.Similar.SetHashAsync(image.Id, -5, default);
        (await _stores.Similar.WithoutHashAsync(owner, 10, default)).ShouldBeEmpty();
        var found = (await _stores.Library.FindAsync(owner, image.Id, default)).ShouldNotBeNull();
        (found.PerceptualHash, found.Version).ShouldBe((-5, 0));
    }
}

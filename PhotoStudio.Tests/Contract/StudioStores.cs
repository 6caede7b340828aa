using PhotoStudio.Core.Documents;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Tests.Contract;

/// <summary>Every store on one database of a test's own. Disposing it removes the database.</summary>
public abstract class StudioStores : IAsyncDisposable
{
    /// <summary>A pause so long that no test's machine is slow enough to sleep through it.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMinutes(10);

    /// <summary>How the stores under test retry: three failures, ten minutes then twenty apart.</summary>
    public static readonly RetryPolicy Retry = new(MaxFailures: 3, FirstDelay, TimeSpan.FromHours(1));

    public abstract IJobStore Jobs { get; }

    public abstract IFlowStore Flows { get; }

    public abstract IImageStore Images { get; }

    public abstract IImageLibrary Library { get; }

    public abstract ISimilarImages Similar { get; }

    public abstract IDoomedBlobs Doomed { get; }

    public abstract IUploadSessions Uploads { get; }

    public abstract IDocumentStore Documents { get; }

    /// <summary>Any other store, by its port.</summary>
    public abstract TPort Store<TPort>()
        where TPort : notnull;

    /// <summary>
    /// Lets time pass for the database. Where its clock cannot be moved, every stored point in time is moved back
    /// instead; the clock then also goes on by itself, so tests ask for no exact times.
    /// </summary>
    public abstract Task AdvanceAsync(TimeSpan by);

    public abstract ValueTask DisposeAsync();
}

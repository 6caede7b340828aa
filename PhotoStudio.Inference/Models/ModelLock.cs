using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// The right to put one model into a folder: a file that the operating system keeps locked while it is open, also against other
/// processes, and lets go when its holder dies.
/// </summary>
internal static class ModelLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the lock; dispose it to let go.</summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="id">The model.</param>
    /// <param name="progress">Hears that someone else has it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IDisposable> TakeAsync(
        string folder, string id, IProgress<ModelProgress> progress, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ModelFiles.Private, "locks", id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException fault) when (FolderFaults.IsLocked(fault))
            {
                progress.Report(new(ModelStage.Waiting, 0));
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
